import type { Knex } from 'knex';
import type { DbModulemdRow, DbPackageRow } from '../../database/tables';

/** Rows of the map as texts, sorted. */
export async function readMap(knex: Knex): Promise<string[]> {
  const rows = await knex('modulemd_artifact_map').select(
    'modulemd_id as module',
    'artifact_id as artifact',
  );
  return rows.map(rowText).sort();
}

/** What the map should be: every name of every module held against every package. */
export async function mapFromScratch(knex: Knex): Promise<string[]> {
  const packages = await knex<DbPackageRow>('rpm_package');
  const byName = new Map<string, Set<number>>();
  const know = (name: string, id: number) =>
    byName.set(name, (byName.get(name) ?? new Set()).add(id));
  for (const { unit_id: id, name, epoch, version, release, arch } of packages) {
    const rest = `${version}-${release}.${arch}`;
    know(`${name}-${epoch}:${rest}`, id);
    if (epoch === '0') know(`${name}-${rest}`, id);
  }
  const rows = new Set<string>();
  for (const module of await knex<DbModulemdRow>('rpm_modulemd')) {
    for (const name of JSON.parse(module.artifacts_json)) {
      for (const artifact of byName.get(name) ?? []) {
        rows.add(rowText({ module: module.unit_id, artifact }));
      }
    }
  }
  return [...rows].sort();
}

function rowText({ module, artifact }: { module: number; artifact: number }) {
  return `${module} has ${artifact}`;
}
