import type { Advisory, CompsUnit } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import type { VersionContent } from '../../database/membership';
import * as operations from '../../database/operations/copy';
import {
  listMappedPackages,
  readAdvisories,
  readPackageFacts,
} from '../../database/operations/versions';
import type { KeyedType, SourceView } from './SourceView';

/** A stored version as the source of a copy. Every look at it fails once the signal is aborted. */
export class VersionView implements SourceView {
  readonly #knex: Knex;
  readonly #content: VersionContent;
  readonly #signal: AbortSignal;

  constructor(options: {
    knex: Knex;
    content: VersionContent;
    signal: AbortSignal;
  }) {
    this.#knex = options.knex;
    this.#content = options.content;
    this.#signal = options.signal;
  }

  async findHeld(ids: readonly number[]) {
    return operations.findHeldUnits(this.#database(), this.#content, ids);
  }

  async listHeld() {
    const all: operations.HeldUnit[] = [];
    const windows = operations.iterateHeldUnits(
      this.#database(),
      this.#content,
    );
    for await (const window of windows) {
      this.#signal.throwIfAborted();
      for (const unit of window) all.push(unit);
    }
    return all;
  }

  async findByKey(type: KeyedType, keys: readonly string[]) {
    return operations.findUnitsByKey(
      this.#database(),
      this.#content,
      type,
      keys,
    );
  }

  async findGroupsByName(names: readonly string[]) {
    return operations.findGroupsByName(this.#database(), this.#content, names);
  }

  async findPackagesByName(names: readonly string[]) {
    return operations.findPackagesByName(
      this.#database(),
      this.#content,
      names,
    );
  }

  async findArtifacts(modulemdIds: readonly number[]) {
    return listMappedPackages(this.#database(), this.#content, modulemdIds);
  }

  async findCompanions(modulemdIds: readonly number[]) {
    return operations.listModuleCompanions(
      this.#database(),
      this.#content,
      modulemdIds,
    );
  }

  async readPackages(ids: readonly number[]) {
    return readPackageFacts(this.#database(), ids);
  }

  async readAdvisories(ids: readonly number[]): Promise<Map<number, Advisory>> {
    const byAdvisoryId = await readAdvisories(
      this.#database(),
      ids.map(id => ({ id })),
    );
    return new Map(
      [...byAdvisoryId.values()]
        .flat()
        .map(({ unitId, advisory }) => [unitId, advisory]),
    );
  }

  async readComps(ids: readonly number[]): Promise<Map<number, CompsUnit>> {
    const stored = await operations.readCompsDocuments(this.#database(), ids);
    return new Map(stored.map(({ unitId, comps }) => [unitId, comps]));
  }

  #database(): Knex {
    this.#signal.throwIfAborted();
    return this.#knex;
  }
}
