import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';
import type { PackageFacts } from '../versions';

/** As many names at a time: some packages have hundreds of versions. */
const CHUNK = 200;

/** The packages that a version holds under the given names. */
export async function findPackagesByName(
  knex: Knex,
  content: VersionContent,
  names: readonly string[],
): Promise<PackageFacts[]> {
  const found: PackageFacts[] = [];
  for (const chunk of chunksOf(names, CHUNK)) {
    const query = knex('rpm_package as package')
      .join(
        'repository_content',
        'repository_content.unit_id',
        'package.unit_id',
      )
      .select(
        'package.unit_id as id',
        'package.name',
        'package.arch',
        'package.evr_key as evrKey',
      )
      .whereIn('package.name', chunk)
      .orderBy('package.unit_id');
    found.push(...(await whereInVersion(query, content)));
    await pause();
  }
  return found;
}
