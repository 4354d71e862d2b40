import type { Knex } from 'knex';
import { readDefaultStreams } from '../database/operations/solving';
import {
  compareInRepository,
  iterateUnitIds,
  readVersionById,
  type MembershipDifference,
} from '../database/operations/versions';
import type { ContentType } from '../identifiers';
import type { VersionRecord } from '../repository';
import { NO_UNITS, toUnitSet, unite, without, type UnitSet } from './unitSets';

/** What a version holds of what the solver looks at. */
export interface Membership {
  version: VersionRecord;
  packages: UnitSet;
  modules: UnitSet;
  /** Packages and modules. */
  units: UnitSet;
  defaultStreams: Readonly<Record<string, string>>;
}

/** As many units as all memberships that are remembered come to; 4 bytes for each. */
const MOST_UNITS = 4_000_000;

/**
 * Which packages and modules versions hold. Remembers those asked for last: versions do not change,
 * and what a copy has made differs by a few units from what it was made of.
 */
export class VersionMemberships {
  readonly #knex: Knex;
  /** By the version's internal id, least recently used first. */
  readonly #known = new Map<number, Membership>();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async of(version: VersionRecord, signal: AbortSignal): Promise<Membership> {
    const membership =
      this.#known.get(version.id) ??
      (await this.#derive(version)) ??
      (await this.#read(version, signal));
    this.#known.delete(version.id);
    this.#known.set(version.id, membership);
    this.#forget();
    return membership;
  }

  async #read(
    version: VersionRecord,
    signal: AbortSignal,
  ): Promise<Membership> {
    const read = async (type: ContentType) => {
      const ids: number[] = [];
      for await (const some of iterateUnitIds(this.#knex, version, type)) {
        signal.throwIfAborted();
        for (const id of some) ids.push(id);
      }
      return toUnitSet(ids);
    };
    return toMembership(
      version,
      await read('rpm.package'),
      await read('rpm.modulemd'),
      await readDefaultStreams(this.#knex, version),
    );
  }

  /** From the version before it that was asked for last, if any. */
  async #derive(version: VersionRecord): Promise<Membership | undefined> {
    const base = [...this.#known.values()]
      .reverse()
      .find(
        known =>
          known.version.repositoryId === version.repositoryId &&
          known.version.number < version.number,
      );
    if (!base) return undefined;
    const changes = await compareInRepository(
      this.#knex,
      base.version,
      version,
    );
    // The deletion of a version rewrites what it has changed as changes of its successor's.
    if (!(await readVersionById(this.#knex, base.version.id))) {
      this.#known.delete(base.version.id);
      return undefined;
    }
    return toMembership(
      version,
      change(base.packages, changes.get('rpm.package')),
      change(base.modules, changes.get('rpm.modulemd')),
      changes.has('rpm.modulemd_defaults')
        ? await readDefaultStreams(this.#knex, version)
        : base.defaultStreams,
    );
  }

  #forget(): void {
    let units = 0;
    for (const [id, membership] of [...this.#known].reverse()) {
      units += membership.units.length;
      if (units > MOST_UNITS) this.#known.delete(id);
    }
  }
}

function toMembership(
  version: VersionRecord,
  packages: UnitSet,
  modules: UnitSet,
  defaultStreams: Membership['defaultStreams'],
): Membership {
  const units = unite(packages, modules);
  return { version, packages, modules, units, defaultStreams };
}

function change(
  units: UnitSet,
  { onlyFirst, onlySecond }: MembershipDifference = {
    onlyFirst: [],
    onlySecond: [],
  },
): UnitSet {
  const lost = onlyFirst.length ? toUnitSet(onlyFirst) : NO_UNITS;
  const gained = onlySecond.length ? toUnitSet(onlySecond) : NO_UNITS;
  return unite(without(units, lost), gained);
}
