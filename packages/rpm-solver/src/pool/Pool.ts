import { formatEvr, type Evr } from '@rpmportal/rpm-format';
import type {
  ImageColumns,
  ModuleId,
  PackageId,
  RequirementId,
} from '../image/ImageColumns';
import type { RelationId } from '../image/ImageRelations';
import type { PackageSet, Requirement } from '../requirement/Requirement';
import { findAscending } from './findAscending';
import { compareTexts, type PackageOrder } from './PackageOrder';
import type { PoolMemory } from './PoolMemory';

export type {
  ImageColumns as PoolColumns,
  ModuleId,
  PackageId,
  PoolModule,
  RequirementId,
} from '../image/ImageColumns';

/** What one repository version holds: 1 at the position of each package or module in it. */
export interface PoolRepository {
  readonly key: string;
  readonly packages: Uint8Array;
  readonly modules: Uint8Array;
  readonly defaultStreams: ReadonlyMap<string, string>;
}

/**
 * All packages and modules of several repository versions, each once however many of them hold it,
 * with an index of who provides what. Made by `openPool`; immutable apart from its memory of answers
 * already given, so one pool serves any number of plans.
 */
export class Pool {
  readonly columns: ImageColumns;
  readonly order: PackageOrder;
  readonly #memory: PoolMemory;
  readonly #repositories: ReadonlyMap<string, PoolRepository>;
  readonly #derived = new Map<string, unknown>();

  /** @param memory - what all pools on the same image share */
  constructor(
    memory: PoolMemory,
    repositories: ReadonlyMap<string, PoolRepository>,
  ) {
    this.columns = memory.columns;
    this.order = memory.order;
    this.#memory = memory;
    this.#repositories = repositories;
  }

  get packageCount(): number {
    return this.columns.units.length;
  }

  get moduleCount(): number {
    return this.columns.moduleUnits.length;
  }

  get repositories(): Iterable<PoolRepository> {
    return this.#repositories.values();
  }

  packageOf(unit: number): PackageId | undefined {
    return findAscending(this.columns.units, unit);
  }

  moduleOf(unit: number): ModuleId | undefined {
    return findAscending(this.columns.moduleUnits, unit);
  }

  /** @throws Error when the pool has no repository of that key. */
  repository(key: string): PoolRepository {
    const repository = this.#repositories.get(key);
    if (!repository) {
      throw new Error(`The pool holds no repository '${key}'`);
    }
    return repository;
  }

  /** `name-[epoch:]version-release.arch`. */
  label(id: PackageId): string {
    return `${this.name(id)}-${formatEvr(this.evr(id))}.${this.arch(id)}`;
  }

  name(id: PackageId): string {
    return this.columns.strings.text(this.columns.names[id]);
  }

  evr(id: PackageId): Evr {
    return this.columns.evrs.evr(this.columns.evrIds[id]);
  }

  arch(id: PackageId): string {
    return this.columns.archs[this.columns.archIds[id]];
  }

  /** The requirement as repository metadata spells it. */
  requirementText(id: RequirementId): string {
    return id < 0 ? this.columns.richText(~id) : this.#memory.relationText(id);
  }

  /** What has to hold for a requirement to be met. */
  requirement(id: RequirementId): Requirement {
    return id < 0
      ? this.columns.richRequirement(~id)
      : this.#memory.requirement(id);
  }

  /** Requirements by their text. */
  compareRequirements(a: RequirementId, b: RequirementId): number {
    return a === b
      ? 0
      : compareTexts(this.requirementText(a), this.requirementText(b));
  }

  /** The packages that provide a relation, ascending, from the whole image. */
  providers(relation: RelationId): Int32Array {
    return this.#memory.providers(relation);
  }

  /** The packages of a set, ascending, from the whole image. */
  packagesIn(set: PackageSet): Int32Array {
    return this.#memory.packagesIn(set);
  }

  /** What a package provides under a name: pairs of one package and one relation. */
  *provisionsOf(name: number): Iterable<[PackageId, RelationId]> {
    const { providingPackages, provided } = this.columns;
    const end = providingPackages.starts[name + 1] ?? 0;
    for (let i = providingPackages.starts[name] ?? 0; i < end; i++) {
      yield [providingPackages.values[i], provided[i]];
    }
  }

  /** Computes something that depends on the pool alone once, however often it is asked for. */
  derive<T>(key: string, compute: () => T): T {
    if (!this.#derived.has(key)) {
      this.#derived.set(key, compute());
    }
    return this.#derived.get(key) as T;
  }

  /** As {@link Pool.derive}, for what depends on packages and modules and on no repository. */
  deriveFromUnits<T>(key: string, compute: () => T): T {
    return this.#memory.derive(key, compute);
  }
}
