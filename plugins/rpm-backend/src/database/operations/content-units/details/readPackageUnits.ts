import { RELATION_KINDS } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import {
  unpackChangelogs,
  unpackFiles,
} from '../../../../content-units/packing';
import {
  toPackageMetadata,
  toPackageRelations,
} from '../../../../content-units/storedPackage';
import type { PackageUnit, UnitRecord } from '../../../../content-units/types';
import type {
  DbPackageExtrasRow,
  DbPackageRelationsRow,
  DbPackageRow,
} from '../../../tables';
import { listPresent } from '../../versions/readMembership';
import { listMappingModules } from '../../versions/readModuleFacts';
import { wantsAny, type DetailScope } from './DetailScope';
import { readRows, withRows } from './readRows';
import { readUnitArtifacts } from './readUnitArtifacts';

/** Relations, files and changelogs are the bulk of a package, so they are read on demand. */
export async function readPackageUnits(
  knex: Knex,
  units: readonly UnitRecord[],
  scope: DetailScope,
): Promise<PackageUnit[]> {
  // Side by side: on PostgreSQL each read waits for a journey of its own.
  const [rows, relations, extras, artifacts, modular] = await Promise.all([
    readRows<DbPackageRow>(knex, 'rpm_package', units),
    wantsAny(scope, RELATION_KINDS)
      ? readRows<DbPackageRelationsRow>(knex, 'rpm_package_relations', units)
      : undefined,
    wantsAny(scope, ['files', 'changelogs'])
      ? readRows<DbPackageExtrasRow>(knex, 'rpm_package_extras', units)
      : undefined,
    readUnitArtifacts(knex, units, scope),
    findModular(knex, units, scope),
  ]);
  return withRows(units, rows, (unit, row) => {
    const relationRow = relations?.get(unit.id);
    const extrasRow = extras?.get(unit.id);
    return {
      ...unit,
      metadata: toPackageMetadata(row),
      relations: relationRow && toPackageRelations(relationRow),
      files: extrasRow && unpackFiles(extrasRow.files),
      changelogs: extrasRow && unpackChangelogs(extrasRow.changelogs),
      artifact: artifacts.get(unit.id),
      isModular: modular.has(unit.id) || row.modularity_label !== null,
      signingKeys:
        row.signing_keys_json === null
          ? undefined
          : JSON.parse(row.signing_keys_json),
    };
  });
}

/** The packages that a module names: one of the version, or any when there is none. */
async function findModular(
  knex: Knex,
  units: readonly UnitRecord[],
  scope: DetailScope,
): Promise<Set<number>> {
  if (!wantsAny(scope, ['is_modular'])) return new Set();
  const mappings = await listMappingModules(
    knex,
    units.map(({ id }) => id),
  );
  const modules = new Set(mappings.map(({ modulemdId }) => modulemdId));
  const counted = scope.content
    ? await listPresent(knex, scope.content, [...modules])
    : modules;
  return new Set(
    mappings
      .filter(({ modulemdId }) => counted.has(modulemdId))
      .map(({ packageId }) => packageId),
  );
}
