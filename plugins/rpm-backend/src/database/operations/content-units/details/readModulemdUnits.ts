import type { Knex } from 'knex';
import type {
  ModulemdDefaultsUnit,
  ModulemdObsoleteUnit,
  ModulemdUnit,
  UnitRecord,
} from '../../../../content-units/types';
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

export async function readModulemdUnits(
  knex: Knex,
  units: readonly UnitRecord[],
  scope: DetailScope,
): Promise<ModulemdUnit[]> {
  const rows = await readRows<DbModulemdRow>(knex, 'rpm_modulemd', units);
  const packages = wantsAny(scope, ['packages'])
    ? await readArtifactPackages(knex, units, scope)
    : undefined;
  return withRows(units, rows, (unit, row) => ({
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
      artifacts: JSON.parse(row.artifacts_json),
      dependencies: JSON.parse(row.dependencies_json),
      profiles: JSON.parse(row.profiles_json),
      snippet: row.snippet,
      digest: unit.digest,
    },
    packages: packages?.get(unit.id) ?? [],
  }));
}

/** The UUIDs of the packages that are artifacts of modules, by the module's unit id. */
async function readArtifactPackages(
  knex: Knex,
  modules: readonly UnitRecord[],
  { content, visible }: DetailScope,
): Promise<Map<number, string[]>> {
  const packages = new Map<number, string[]>();
  for (const chunk of chunksOf(modules, CHUNK)) {
    const query = knex('rpm_modulemd_artifact as artifact')
      .join('rpm_package as package', {
        'package.name': 'artifact.name',
        'package.epoch': 'artifact.epoch',
        'package.version': 'artifact.version',
        'package.release': 'artifact.release',
        'package.arch': 'artifact.arch',
      })
      .join('unit', 'unit.id', 'package.unit_id')
      .select('artifact.modulemd_id', 'unit.uuid')
      .whereIn(
        'artifact.modulemd_id',
        chunk.map(({ id }) => id),
      )
      .orderBy('unit.id');
    if (content) {
      whereHeldByVersion(knex, query, 'package.unit_id', content);
    } else {
      whereUnitVisible(knex, query, 'package.unit_id', visible);
    }
    for (const { modulemd_id: id, uuid } of await query) {
      const found = packages.get(id);
      if (found) found.push(uuid);
      else packages.set(id, [uuid]);
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
