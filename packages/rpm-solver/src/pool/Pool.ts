import { formatEvr, type Evr } from '@rpmportal/rpm-format';
import type { PackageSet, Requirement } from '../requirement/Requirement';
import { compareTexts, PackageOrder } from './PackageOrder';
import type { ModuleRequirement } from './records';
import type { RelationId, RelationTable } from './RelationTable';
import type { Rows } from './Rows';
import type { StringTable } from './StringTable';

/** Position of a package in the pool's columns. */
export type PackageId = number;
/** Position of a module in {@link PoolColumns.modules}. */
export type ModuleId = number;
/** A relation when it is not negative, else `~index` into {@link PoolColumns.rich}. */
export type RequirementId = number;

/** A module with its artifacts found. */
export interface PoolModule {
  readonly unit: number;
  readonly name: string;
  readonly stream: string;
  readonly version: string;
  readonly arch: string;
  /** `name:stream:version:context:arch`. */
  readonly label: string;
  /** Those artifacts that are in the pool. */
  readonly artifacts: readonly PackageId[];
  readonly requires: readonly ModuleRequirement[];
}

/** What one repository version holds: 1 at the position of each package or module in it. */
export interface PoolRepository {
  readonly key: string;
  readonly packages: Uint8Array;
  readonly modules: Uint8Array;
  readonly defaultStreams: ReadonlyMap<string, string>;
}

export interface RichRequirement {
  readonly text: string;
  readonly requirement: Requirement;
}

/** The data of a pool: one row per package, all texts replaced by integers. */
export interface PoolColumns {
  readonly strings: StringTable;
  readonly relations: RelationTable;
  readonly rich: readonly RichRequirement[];
  readonly units: readonly number[];
  readonly names: Int32Array;
  readonly evrIds: Int32Array;
  readonly evrs: readonly Evr[];
  readonly archIds: Int32Array;
  readonly archs: readonly string[];
  readonly requires: Rows;
  readonly conflicts: Rows;
  readonly obsoletes: Rows;
  readonly recommends: Rows;
  readonly supplements: Rows;
  /** By string id: the packages that provide something of that name … */
  readonly providingPackages: Rows;
  /** … and, at the same positions, the relations they provide. */
  readonly provided: Int32Array;
  readonly modules: readonly PoolModule[];
  /** By package: the modules whose artifact it is. */
  readonly modulesOfPackage: Rows;
  readonly repositories: readonly PoolRepository[];
}

const NOBODY = new Int32Array(0);

/**
 * All packages and modules of several repository versions, each once however many of them hold it,
 * with an index of who provides what. Built by `PoolBuilder`; immutable apart from its memory of
 * answers already given, so one pool serves any number of plans.
 */
export class Pool {
  readonly columns: PoolColumns;
  readonly order: PackageOrder;
  readonly #packageByUnit = new Map<number, PackageId>();
  readonly #moduleByUnit = new Map<number, ModuleId>();
  readonly #repositoryByKey = new Map<string, number>();
  readonly #requirements: Requirement[] = [];
  readonly #texts: string[] = [];
  readonly #providers: (Int32Array | undefined)[] = [];
  readonly #sets = new Map<PackageSet, Int32Array>();
  readonly #derived = new Map<string, unknown>();

  constructor(columns: PoolColumns) {
    this.columns = columns;
    this.order = new PackageOrder(columns);
    columns.units.forEach((unit, id) => this.#packageByUnit.set(unit, id));
    columns.modules.forEach(({ unit }, id) => this.#moduleByUnit.set(unit, id));
    columns.repositories.forEach(({ key }, index) =>
      this.#repositoryByKey.set(key, index),
    );
  }

  get packageCount(): number {
    return this.columns.units.length;
  }

  get moduleCount(): number {
    return this.columns.modules.length;
  }

  packageOf(unit: number): PackageId | undefined {
    return this.#packageByUnit.get(unit);
  }

  moduleOf(unit: number): ModuleId | undefined {
    return this.#moduleByUnit.get(unit);
  }

  /** @throws Error when the pool has no repository of that key. */
  repository(key: string): PoolRepository {
    const index = this.#repositoryByKey.get(key);
    if (index === undefined) {
      throw new Error(`The pool holds no repository '${key}'`);
    }
    return this.columns.repositories[index];
  }

  /** `name-[epoch:]version-release.arch`. */
  label(id: PackageId): string {
    return `${this.name(id)}-${formatEvr(this.evr(id))}.${this.arch(id)}`;
  }

  name(id: PackageId): string {
    return this.columns.strings.text(this.columns.names[id]);
  }

  evr(id: PackageId): Evr {
    return this.columns.evrs[this.columns.evrIds[id]];
  }

  arch(id: PackageId): string {
    return this.columns.archs[this.columns.archIds[id]];
  }

  /** The requirement as repository metadata spells it. */
  requirementText(id: RequirementId): string {
    const { rich, relations, strings } = this.columns;
    if (id < 0) {
      return rich[~id].text;
    }
    this.#texts[id] ??= relations.text(id, strings.text(relations.name(id)));
    return this.#texts[id];
  }

  /** What has to hold for a requirement to be met. */
  requirement(id: RequirementId): Requirement {
    if (id < 0) {
      return this.columns.rich[~id].requirement;
    }
    this.#requirements[id] ??= {
      kind: 'any',
      of: { kind: 'providers', relation: id },
    };
    return this.#requirements[id];
  }

  /** Requirements by their text. */
  compareRequirements(a: RequirementId, b: RequirementId): number {
    return a === b
      ? 0
      : compareTexts(this.requirementText(a), this.requirementText(b));
  }

  /** The packages that provide a relation, ascending, from all repositories. */
  providers(relation: RelationId): Int32Array {
    let found = this.#providers[relation];
    if (!found) {
      found = this.#findProviders(relation);
      this.#providers[relation] = found;
    }
    return found;
  }

  /** The packages of a set, ascending, from all repositories. */
  packagesIn(set: PackageSet): Int32Array {
    if (set.kind === 'providers') {
      return this.providers(set.relation);
    }
    let found = this.#sets.get(set);
    if (!found) {
      found = this.#combine(set);
      this.#sets.set(set, found);
    }
    return found;
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

  #findProviders(relation: RelationId): Int32Array {
    const { relations, providingPackages, provided } = this.columns;
    const { starts, values } = providingPackages;
    const name = relations.name(relation);
    const found: PackageId[] = [];
    for (let i = starts[name]; i < starts[name + 1]; i++) {
      const id = values[i];
      if (relations.overlap(provided[i], relation)) {
        found.push(id);
      }
    }
    return ascending(found);
  }

  #combine(set: Exclude<PackageSet, { kind: 'providers' }>): Int32Array {
    if (set.kind === 'difference') {
      const without = new Set(this.packagesIn(set.without));
      return this.packagesIn(set.from).filter(id => !without.has(id));
    }
    const [first, ...rest] = set.members.map(
      member => new Set(this.packagesIn(member)),
    );
    const combined =
      set.kind === 'union'
        ? [first, ...rest].flatMap(members => [...members])
        : [...first].filter(id => rest.every(members => members.has(id)));
    return ascending(combined);
  }
}

function ascending(ids: readonly number[]): Int32Array {
  if (ids.length < 2) {
    return ids.length === 0 ? NOBODY : Int32Array.of(ids[0]);
  }
  const sorted = Int32Array.from(ids).sort();
  return sorted.filter((id, i) => i === 0 || id !== sorted[i - 1]);
}
