import type { Knex } from 'knex';
import type {
  ModulemdDefaultsUnit,
  ModulemdObsoleteUnit,
  ModulemdUnit,
  UnitRecord,
} from '../../../../content-units/types';
import {
  moduleCompleteness,
  type PackageIdentity,
} from '../../../../content-units/moduleCompleteness';
import type {
  DbModulemdDefaultsRow,
  DbModulemdObsoleteRow,
  DbModulemdRow,
} from '../../../tables';
import { listArtifactPackages } from '../../modules/listArtifactPackages';
import { wantsAny, type DetailScope } from './DetailScope';
import { readRows, withRows } from './readRows';

/** The fields that tell which artifacts are here. */
const OF_ARTIFACTS = ['packages', 'pulp_artifacts_map', 'missing_artifacts'];

export async function readModulemdUnits(
  knex: Knex,
  units: readonly UnitRecord[],
  scope: DetailScope,
): Promise<ModulemdUnit[]> {
  const rows = await readRows<DbModulemdRow>(knex, 'rpm_modulemd', units);
  const packages = wantsAny(scope, OF_ARTIFACTS)
    ? await readArtifactPackages(knex, units, scope)
    : undefined;
  return withRows(units, rows, (unit, row) => {
    const artifacts: string[] = JSON.parse(row.artifacts_json);
    return {
      ...unit,
      document: {
        name: row.name,
        stream: row.stream,
        version: row.version,
        context: row.context,
        arch: row.arch,
        staticContext:
          row.static_context === null ? undefined : Boolean(row.static_context),
        description: row.description,
        artifacts,
        dependencies: JSON.parse(row.dependencies_json),
        profiles: JSON.parse(row.profiles_json),
        snippet: row.snippet,
        digest: unit.digest,
      },
      completeness: packages
        ? moduleCompleteness(artifacts, packages.get(unit.id) ?? [])
        : { present: [], missing: [] },
    };
  });
}

/** The packages that are artifacts of modules, by the module's unit id. */
async function readArtifactPackages(
  knex: Knex,
  modules: readonly UnitRecord[],
  { content, visible }: DetailScope,
): Promise<Map<number, PackageIdentity[]>> {
  const artifacts = await listArtifactPackages(
    knex,
    modules.map(({ id }) => id),
    { versions: content && [content], visible },
  );
  const packages = new Map<number, PackageIdentity[]>();
  for (const artifact of artifacts) {
    const found = packages.get(artifact.modulemdId);
    if (found) found.push(artifact);
    else packages.set(artifact.modulemdId, [artifact]);
  }
  return packages;
}

export async function readModulemdDefaultsUnits(
  knex: Knex,
  units: readonly UnitRecord[],
): Promise<ModulemdDefaultsUnit[]> {
  const rows = await readRows<DbModulemdDefaultsRow>(
    knex,
    'rpm_modulemd_defaults',
    units,
  );
  return withRows(units, rows, (unit, row) => ({
    ...unit,
    document: {
      module: row.module,
      stream: row.stream ?? undefined,
      profiles: JSON.parse(row.profiles_json),
      snippet: row.snippet,
      digest: unit.digest,
    },
  }));
}

export async function readModulemdObsoleteUnits(
  knex: Knex,
  units: readonly UnitRecord[],
): Promise<ModulemdObsoleteUnit[]> {
  const rows = await readRows<DbModulemdObsoleteRow>(
    knex,
    'rpm_modulemd_obsolete',
    units,
  );
  return withRows(units, rows, (unit, row) => ({
    ...unit,
    document: JSON.parse(row.document_json),
  }));
}
