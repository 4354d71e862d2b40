import {
  formatNevra,
  parseNevra,
  type ModuleDependencies,
  type Nevra,
} from '@rpmportal/rpm-format';
import type { ModuleRecord, ModuleRequirement } from '@rpmportal/rpm-solver';
import type { StoredSolverModule } from '../database/operations/copy';

/** Tells which packages are artifacts of which modules, as modules and then packages go by. */
export class ModuleArtifacts {
  readonly #records = new Map<number, ModuleRecord & { artifacts: number[] }>();
  readonly #byNevra = new Map<string, number[][]>();

  addModule(row: StoredSolverModule): void {
    if (this.#records.has(row.unit_id)) return;
    const artifacts: number[] = [];
    this.#records.set(row.unit_id, {
      unit: row.unit_id,
      name: row.name,
      stream: row.stream,
      version: row.version,
      context: row.context,
      arch: row.arch,
      artifacts,
      requires: readRequirements(row.dependencies_json),
    });
    for (const text of new Set<string>(JSON.parse(row.artifacts_json))) {
      const nevra = parseNevra(text);
      if (nevra) this.#lists(formatNevra(nevra)).push(artifacts);
    }
  }

  addPackage(unit: number, nevra: Nevra): void {
    if (!this.#byNevra.size) return;
    for (const artifacts of this.#byNevra.get(formatNevra(nevra)) ?? []) {
      artifacts.push(unit);
    }
  }

  /** The module, with the artifacts that have gone by. */
  record(unit: number): ModuleRecord {
    return this.#records.get(unit)!;
  }

  #lists(nevra: string): number[][] {
    const lists = this.#byNevra.get(nevra) ?? [];
    this.#byNevra.set(nevra, lists);
    return lists;
  }
}

/** All entries of a module's list of dependencies count, and all modules in each. */
function readRequirements(dependenciesJson: string): ModuleRequirement[] {
  const dependencies: ModuleDependencies[] = JSON.parse(dependenciesJson);
  return dependencies.flatMap(({ requires = {} }) =>
    Object.entries(requires).map(([name, streams]) => ({ name, streams })),
  );
}
