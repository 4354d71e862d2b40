import { DIFF_CHANGES } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import * as operations from '../../database/operations/versions';
import type {
  MembershipDifference,
  UnitLabel,
  UnitSubject,
} from '../../database/operations/versions';
import type { ContentType } from '../../identifiers';
import { getVersion, requireVersion, versionNotFound } from '../references';
import type { VersionRecord } from '../versionTypes';
import { compareUnits, sortUnits, type UnitDifference } from './compareUnits';
import { PackageLists } from './PackageLists';
import type {
  DiffCounts,
  DiffOptions,
  DiffQuery,
  VersionDiffPage,
  VersionDiffService,
} from './types';

/** As many differences as are remembered, in all. */
const REMEMBERED = 100_000;

type IsReadable = (
  from: Pick<VersionRecord, 'repositoryUuid'>,
) => Promise<boolean>;

interface Comparison {
  differences: UnitDifference[];
  counts: DiffCounts;
}

/**
 * Compares by unit ids first and reads names only of what differs, packages of two repositories apart,
 * and labels only of what is shown.
 *
 * @remarks
 * Versions do not change, so that the last comparisons are remembered: who pages through a long one
 * pays for it once.
 */
export class DefaultVersionDiffService implements VersionDiffService {
  readonly #knex: Knex;
  readonly #packages: PackageLists;
  /** By the UUIDs of both versions, the one used last at the end. */
  readonly #remembered = new Map<string, Comparison>();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
    this.#packages = new PackageLists(options);
  }

  async diff(
    repositoryUuid: string,
    number: number,
    query: DiffQuery,
    { mayRead = async () => true }: Pick<DiffOptions, 'mayRead'> = {},
  ): Promise<VersionDiffPage> {
    const to = await getVersion(this.#knex, repositoryUuid, number);
    const isReadable = async (from: Pick<VersionRecord, 'repositoryUuid'>) =>
      from.repositoryUuid === repositoryUuid || mayRead(from.repositoryUuid);
    const from =
      query.from === undefined
        ? await this.#defaultFrom(to, isReadable)
        : await this.#namedFrom(query.from, isReadable);
    const { differences, counts } = await this.#compare(from, to);
    const { kinds, changes, offset, limit } = query;
    const shown =
      kinds || changes
        ? differences.filter(
            ({ kind, change }) =>
              (!kinds || kinds.includes(kind)) &&
              (!changes || changes.includes(change)),
          )
        : differences;
    return {
      from,
      to,
      counts,
      count: shown.length,
      rows: await this.#label(shown.slice(offset, offset + limit)),
    };
  }

  /** Completes differences with the names of their units; what was deleted meanwhile is left out. */
  async #label(
    differences: readonly UnitDifference[],
  ): Promise<UnitDifference<UnitLabel>[]> {
    const ids = differences.flatMap(({ from, to }) =>
      [from, to].flatMap(unit => unit?.id ?? []),
    );
    const labels = new Map(
      (await operations.readUnitLabels(this.#knex, ids)).map(unit => [
        unit.id,
        unit,
      ]),
    );
    return differences.flatMap(difference => {
      const [from, to] = [difference.from, difference.to].map(
        unit => unit && labels.get(unit.id),
      );
      return from || to ? { ...difference, from, to } : [];
    });
  }

  async #namedFrom(
    reference: string,
    isReadable: IsReadable,
  ): Promise<VersionRecord> {
    const from = await requireVersion(this.#knex, 'from', reference);
    if (await isReadable(from)) return from;
    throw versionNotFound('from', reference);
  }

  async #defaultFrom(
    to: VersionRecord,
    isReadable: IsReadable,
  ): Promise<VersionRecord | undefined> {
    const { baseVersion: base } = to;
    return base && (await isReadable(base))
      ? operations.readVersion(this.#knex, base.repositoryUuid, base.number)
      : operations.readPreviousVersion(this.#knex, to.repositoryId, to.number);
  }

  async #compare(
    from: VersionRecord | undefined,
    to: VersionRecord,
  ): Promise<Comparison> {
    const key = `${from?.uuid} ${to.uuid}`;
    const comparison =
      this.#remembered.get(key) ?? (await this.#compareUnits(from, to));
    this.#remembered.delete(key);
    this.#remembered.set(key, comparison);
    let total = 0;
    for (const [old, { differences }] of [...this.#remembered].reverse()) {
      total += differences.length;
      if (total > REMEMBERED && old !== key) this.#remembered.delete(old);
    }
    return comparison;
  }

  async #compareUnits(
    from: VersionRecord | undefined,
    to: VersionRecord,
  ): Promise<Comparison> {
    const isOneRepository = from?.repositoryId === to.repositoryId;
    const differences =
      from && !isOneRepository
        ? await this.#compareRepositories(from, to)
        : await this.#compareUnlike(
            await operations.compareByType(this.#knex, from, to),
          );
    const counts: DiffCounts = {};
    for (const { kind, change } of differences) {
      counts[kind] ??= Object.fromEntries(
        DIFF_CHANGES.map(name => [name, 0]),
      ) as NonNullable<DiffCounts[typeof kind]>;
      counts[kind][change] += 1;
    }
    return { differences, counts };
  }

  /** Of packages nearly all may differ, so they are compared by name at once. */
  async #compareRepositories(
    from: VersionRecord,
    to: VersionRecord,
  ): Promise<UnitDifference[]> {
    const others = operations
      .presentTypes(from, to)
      .filter(type => type !== 'rpm.package');
    const [before, after, differing] = await Promise.all([
      this.#packages.of(from),
      this.#packages.of(to),
      operations.compareByType(this.#knex, from, to, others),
    ]);
    // Packages are the first kind that is told.
    return [
      ...(await compareUnits(before, after)),
      ...(await this.#compareUnlike(differing)),
    ];
  }

  /** Compares the units that only one of two versions holds. */
  async #compareUnlike(
    differing: ReadonlyMap<ContentType, MembershipDifference>,
  ): Promise<UnitDifference[]> {
    const [gone, come]: UnitSubject[][] = [[], []];
    for (const [type, { onlyFirst, onlySecond }] of differing) {
      const subjects = await Promise.all([
        operations.readUnitSubjects(this.#knex, type, onlyFirst),
        operations.readUnitSubjects(this.#knex, type, onlySecond),
      ]);
      for (const unit of subjects[0]) gone.push(unit);
      for (const unit of subjects[1]) come.push(unit);
    }
    return compareUnits(await sortUnits(gone), await sortUnits(come));
  }
}
