import type { OwnedRpmResource } from '@rpmportal/backstage-plugin-rpm-node';
import type { Knex } from 'knex';
import { readOwned, type OwnedKind } from '../database/operations/ownership';
import type { OwnerResolver } from './OwnerResolver';

/** Repositories and remotes as permission rules see them. */
export class OwnedResources {
  readonly #knex: Knex;
  readonly #owners: OwnerResolver;

  constructor(options: { knex: Knex; owners: OwnerResolver }) {
    this.#knex = options.knex;
    this.#owners = options.owners;
  }

  /** In the order of the input; undefined where there is no such resource. */
  async byUuids(
    kind: OwnedKind,
    uuids: readonly string[],
  ): Promise<(OwnedRpmResource | undefined)[]> {
    const resources = await this.#read(kind, uuids);
    const byUuid = new Map(
      resources.map(({ resource }) => [resource.uuid, resource]),
    );
    return uuids.map(uuid => byUuid.get(uuid));
  }

  /** All of a kind, with their internal ids. */
  async all(
    kind: OwnedKind,
  ): Promise<{ id: number; resource: OwnedRpmResource }[]> {
    return this.#read(kind);
  }

  /**
   * Internal ids of what belongs to one of these owners, whichever way.
   *
   * @param owners - entity refs in their canonical spelling
   */
  async idsOwnedBy(
    kind: OwnedKind,
    owners: readonly string[],
  ): Promise<number[]> {
    const resources = await this.#read(kind);
    return resources
      .filter(({ resource: { owner } }) => owner && owners.includes(owner))
      .map(({ id }) => id);
  }

  async #read(
    kind: OwnedKind,
    uuids?: readonly string[],
  ): Promise<{ id: number; resource: OwnedRpmResource }[]> {
    const rows = await readOwned(this.#knex, kind, uuids);
    const owners = await this.#owners.ownersOf(rows);
    return rows.map(({ id, uuid, name, labels }, index) => ({
      id,
      resource: { uuid, name, labels, owner: owners[index] },
    }));
  }
}
