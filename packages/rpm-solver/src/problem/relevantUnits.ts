import { isSourceArch } from '../architecture/architectures';
import type { ClosureRequest } from '../closure/request';
import { similarLibraries } from '../explanation/similarLibraries';
import type { RelationId } from '../image/ImageRelations';
import { groupByRow, type Rows } from '../pool/Rows';
import type { ModuleId, PackageId, Pool, PoolRepository } from '../pool/Pool';
import type { PackageSet } from '../requirement/Requirement';
import { setsOf } from '../requirement/setsOf';

/** The packages and modules that a plan can depend on: 1 at their positions. */
export interface RelevantUnits {
  packages: Uint8Array;
  modules: Uint8Array;
}

/**
 * What can be reached from what is requested: all that provides, in whatever version, a name that a
 * package speaks of, builds of the same name, modules of artifacts, and artifacts of modules. What
 * cannot be reached makes no difference to a plan or its explanations.
 */
export function relevantUnits(
  pool: Pool,
  request: ClosureRequest,
): RelevantUnits {
  const keys = new Set(
    request.entries.flatMap(({ source, destination }) => [source, destination]),
  );
  const repositories = [...keys].map(key => pool.repository(key));
  const reach = new Reach(pool, request, repositories);
  for (const unit of request.entries.flatMap(({ requested }) => requested)) {
    const id = pool.packageOf(unit);
    const moduleId = pool.moduleOf(unit);
    if (id !== undefined) reach.addRequested(id);
    if (moduleId !== undefined) reach.addModule(moduleId);
  }
  reach.run();
  return reach;
}

class Reach implements RelevantUnits {
  readonly packages: Uint8Array;
  readonly modules: Uint8Array;
  readonly #pool: Pool;
  readonly #request: ClosureRequest;
  readonly #repositories: readonly PoolRepository[];
  readonly #packagesByName: Rows;
  readonly #names = new Set<number>();
  readonly #pending: PackageId[] = [];
  readonly #pendingModules: ModuleId[] = [];

  constructor(
    pool: Pool,
    request: ClosureRequest,
    repositories: readonly PoolRepository[],
  ) {
    this.#pool = pool;
    this.#request = request;
    this.#repositories = repositories;
    this.packages = new Uint8Array(pool.packageCount);
    this.modules = new Uint8Array(pool.moduleCount);
    const { names, strings } = pool.columns;
    this.#packagesByName = groupByRow(
      names,
      names.map((_, id) => id),
      strings.size,
    );
  }

  /** Told apart from what nobody knows, even if no repository holds it. */
  addRequested(id: PackageId): void {
    if (this.packages[id] === 0) {
      this.packages[id] = 1;
      this.#pending.push(id);
    }
  }

  addPackage(id: PackageId): void {
    if (this.packages[id] === 0 && this.#isHeld(id)) this.addRequested(id);
  }

  addModule(id: ModuleId): void {
    if (
      this.modules[id] === 0 &&
      this.#repositories.some(({ modules }) => modules[id] === 1)
    ) {
      this.modules[id] = 1;
      this.#pendingModules.push(id);
    }
  }

  run(): void {
    if (this.#request.weakDependencies) this.#addSupplements();
    while (this.#pending.length + this.#pendingModules.length > 0) {
      const id = this.#pending.pop();
      if (id !== undefined) this.#visitPackage(id);
      const moduleId = this.#pendingModules.pop();
      if (moduleId !== undefined) this.#visitModule(moduleId);
    }
  }

  #isHeld(id: PackageId): boolean {
    return this.#repositories.some(({ packages }) => packages[id] === 1);
  }

  /** There are few, and each may be about something that is reached. */
  #addSupplements(): void {
    const { starts } = this.#pool.columns.supplements;
    for (let id = 0; id < this.#pool.packageCount; id++) {
      if (starts[id] < starts[id + 1]) this.addPackage(id);
    }
  }

  #visitPackage(id: PackageId): void {
    const { columns } = this.#pool;
    const { requires, conflicts, obsoletes, recommends, supplements } = columns;
    const needs =
      this.#request.sourceRequires || !isSourceArch(this.#pool.arch(id));
    const weak = this.#request.weakDependencies
      ? [recommends, supplements]
      : [];
    for (const rows of [
      ...(needs ? [requires] : []),
      conflicts,
      obsoletes,
      ...weak,
    ]) {
      for (const requirement of rowOf(rows, id)) this.#visit(requirement);
    }
    this.#visitName(columns.names[id]);
    for (const moduleId of rowOf(columns.modulesOfPackage, id)) {
      this.addModule(moduleId);
    }
  }

  #visit(requirement: number): void {
    const { relations } = this.#pool.columns;
    for (const set of setsOf(this.#pool.requirement(requirement))) {
      for (const relation of relationsIn(set)) {
        this.#visitName(relations.name(relation));
      }
    }
  }

  #visitName(name: number): void {
    if (this.#names.has(name)) return;
    this.#names.add(name);
    for (const id of rowOf(this.#packagesByName, name)) this.addPackage(id);
    let held = 0;
    for (const [provider] of this.#pool.provisionsOf(name)) {
      this.addPackage(provider);
      held += this.packages[provider];
    }
    // Else nothing is explained by them.
    if (held > 1) return;
    for (const similar of similarLibraries(this.#pool, name)) {
      for (const [provider] of this.#pool.provisionsOf(similar)) {
        this.addPackage(provider);
      }
    }
  }

  #visitModule(id: ModuleId): void {
    const { modules } = this.#pool.columns;
    const { name, artifacts, requires } = modules[id];
    const names = new Set([name, ...requires.map(of => of.name)]);
    modules.forEach((module, other) => {
      if (names.has(module.name)) this.addModule(other);
    });
    for (const artifact of artifacts) this.addPackage(artifact);
  }
}

function rowOf({ starts, values }: Rows, row: number): Int32Array {
  return values.subarray(starts[row], starts[row + 1]);
}

function relationsIn(set: PackageSet): RelationId[] {
  switch (set.kind) {
    case 'providers':
      return [set.relation];
    case 'difference':
      return [...relationsIn(set.from), ...relationsIn(set.without)];
    default:
      return set.members.flatMap(relationsIn);
  }
}
