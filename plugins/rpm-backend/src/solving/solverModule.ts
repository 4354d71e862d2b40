import type { ModuleDependencies } from '@rpmportal/rpm-format';
import type { ModuleRecord, ModuleRequirement } from '@rpmportal/rpm-solver';
import type { StoredSolverModule } from '../database/operations/solving';

/** Reads the lists of a module for the solver. */
export function toSolverModule(row: StoredSolverModule): ModuleRecord {
  return {
    unit: row.unit_id,
    name: row.name,
    stream: row.stream,
    version: row.version,
    context: row.context,
    arch: row.arch,
    artifacts: JSON.parse(row.artifacts_json),
    requires: readRequirements(row.dependencies_json),
  };
}

/** All entries of a module's list of dependencies count, and all modules in each. */
function readRequirements(dependenciesJson: string): ModuleRequirement[] {
  const dependencies: ModuleDependencies[] = JSON.parse(dependenciesJson);
  return dependencies.flatMap(({ requires = {} }) =>
    Object.entries(requires).map(([name, streams]) => ({ name, streams })),
  );
}
