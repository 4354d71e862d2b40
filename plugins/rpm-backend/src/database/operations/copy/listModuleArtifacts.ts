import { formatNevra, type Nevra } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';

/** What a module names, and which stored packages that can be. */
export interface ModuleArtifact {
  modulemdId: number;
  /** With epoch. */
  nevra: string;
  /** Ids of packages; several when they differ in their files only. */
  packageIds: number[];
}

/** Modules looked at by one statement; some name a thousand packages. */
const CHUNK = 20;

/** From sources nothing is installed, so that nobody misses them. */
const SOURCE_ARCHITECTURES = ['src', 'nosrc'];

/** All that modules name to be installed, stored or not. */
export async function listModuleArtifacts(
  knex: Knex,
  modulemdIds: readonly number[],
): Promise<ModuleArtifact[]> {
  const all: ModuleArtifact[] = [];
  for (const chunk of chunksOf(modulemdIds, CHUNK)) {
    const named: (Nevra & { modulemdId: number })[] = await knex(
      'rpm_modulemd_artifact as artifact',
    )
      .select('artifact.modulemd_id as modulemdId', ...nevraOf('artifact'))
      .whereIn('artifact.modulemd_id', chunk)
      .whereNotIn('artifact.arch', SOURCE_ARCHITECTURES)
      .orderBy(['artifact.modulemd_id', 'artifact.name', 'artifact.arch']);
    const mapped: (Nevra & { modulemdId: number; packageId: number })[] =
      await knex('modulemd_artifact_map as map')
        .join('rpm_package as package', 'package.unit_id', 'map.artifact_id')
        .select(
          'map.modulemd_id as modulemdId',
          'map.artifact_id as packageId',
          ...nevraOf('package'),
        )
        .whereIn('map.modulemd_id', chunk);
    const packages = new Map<string, number[]>();
    for (const row of mapped) {
      const key = keyOf(row);
      packages.set(key, [...(packages.get(key) ?? []), row.packageId]);
    }
    for (const row of named) {
      all.push({
        modulemdId: row.modulemdId,
        nevra: formatNevra(row),
        packageIds: packages.get(keyOf(row)) ?? [],
      });
    }
    await pause();
  }
  return all;
}

function nevraOf(table: string): string[] {
  return ['name', 'epoch', 'version', 'release', 'arch'].map(
    column => `${table}.${column}`,
  );
}

function keyOf(row: Nevra & { modulemdId: number }): string {
  return `${row.modulemdId} ${formatNevra(row)}`;
}
