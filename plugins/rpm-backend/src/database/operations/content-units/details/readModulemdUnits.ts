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
import { chunksOf } from '../../../chunks';
import { whereHeldByVersion } from '../../../membership';
import { pause } from '../../../pause';
import type {
  DbModulemdDefaultsRow,
  DbModulemdObsoleteRow,
  DbModulemdRow,
} from '../../../tables';
import { whereUnitVisible } from '../readUnit';
import { wantsAny, type DetailScope } from './DetailScope';
import { readRows, withRows } from './readRows';

/** Modules of which the packages are looked up at a time; some have 500 artifacts. */
const CHUNK = 10;

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
  const packages = new Map<number, PackageIdentity[]>();
  for (const chunk of chunksOf(modules, CHUNK)) {
    const query = knex('modulemd_artifact_map as map')
      .join('rpm_package as package', 'package.unit_id', 'map.artifact_id')
      .join('unit', 'unit.id', 'package.unit_id')
      .select(
        'map.modulemd_id',
        'unit.uuid',
        'package.name',
        'package.epoch',
        'package.version',
        'package.release',
        'package.arch',
      )
      .whereIn(
        'map.modulemd_id',
        chunk.map(({ id }) => id),
      )
      .orderBy('unit.id');
    if (content) {
      whereHeldByVersion(knex, query, 'map.artifact_id', content);
    } else {
      whereUnitVisible(knex, query, 'map.artifact_id', visible);
    }
    for (const { modulemd_id: id, ...identity } of await query) {
      const found = packages.get(id);
      if (found) found.push(identity);
      else packages.set(id, [identity]);
    }
    await pause();
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
