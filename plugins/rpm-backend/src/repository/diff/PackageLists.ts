import type { Knex } from 'knex';
import * as operations from '../../database/operations/versions';
import type { UnitSubject } from '../../database/operations/versions';
import type { VersionRecord } from '../versionTypes';
import { sortUnits } from './compareUnits';

/** As many packages as are kept of all versions together; some 40 MB. */
const KEPT = 200_000;

interface KeptList {
  version: VersionRecord;
  packages: readonly UnitSubject[];
}

/**
 * The sorted packages of versions, to be compared with those of other repositories.
 *
 * @remarks
 * Versions do not change, so that the lists of the last ones are kept. That of a version of the same
 * repository comes from the nearest one by what changed between the two, which is seldom much.
 */
export class PackageLists {
  readonly #knex: Knex;
  /** By the UUIDs of versions, the one used last at the end. */
  readonly #kept = new Map<string, KeptList>();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Sorted by `sortUnits`. */
  async of(version: VersionRecord): Promise<readonly UnitSubject[]> {
    const packages =
      this.#kept.get(version.uuid)?.packages ??
      (await this.#derive(version)) ??
      (await sortUnits(
        await operations.readPackageSubjects(this.#knex, version),
      ));
    this.#keep({ version, packages });
    return packages;
  }

  #keep(list: KeptList): void {
    const { uuid } = list.version;
    this.#kept.delete(uuid);
    this.#kept.set(uuid, list);
    let total = 0;
    for (const [old, { packages }] of [...this.#kept].reverse()) {
      total += packages.length;
      if (total > KEPT && old !== uuid) this.#kept.delete(old);
    }
  }

  async #derive(
    version: VersionRecord,
  ): Promise<readonly UnitSubject[] | undefined> {
    const nearest = this.#nearest(version);
    if (!nearest) return undefined;
    const changes = await operations.compareInRepository(
      this.#knex,
      nearest.version,
      version,
    );
    // Once a version is deleted its number leads to what others hold.
    const { id, uuid } = nearest.version;
    if ((await operations.readVersionById(this.#knex, id))?.uuid !== uuid) {
      this.#kept.delete(uuid);
      return undefined;
    }
    const changed = changes.get('rpm.package');
    if (!changed) return nearest.packages;
    const gone = new Set(changed.onlyFirst);
    const come = await operations.readUnitSubjects(
      this.#knex,
      'rpm.package',
      changed.onlySecond,
    );
    const stayed = nearest.packages.filter(unit => !gone.has(unit.id));
    return sortUnits([...stayed, ...come]);
  }

  #nearest({ repositoryId, number }: VersionRecord): KeptList | undefined {
    const distance = (list: KeptList) => Math.abs(list.version.number - number);
    const [nearest] = [...this.#kept.values()]
      .filter(({ version }) => version.repositoryId === repositoryId)
      .sort((a, b) => distance(a) - distance(b));
    return nearest;
  }
}
