import type { Knex } from 'knex';
import type { ContentType } from '../../../identifiers';
import { chunksOf } from '../../chunks';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';

/** A unit of a version, by its repository key or its name. */
export interface KeyedUnit {
  id: number;
  key: string;
}

/**
 * The units of a type that a version holds under the given repository keys: packages by NEVRA with
 * epoch, modules by `name:stream:version:context:arch`, groups by id.
 */
export async function findUnitsByKey(
  knex: Knex,
  content: VersionContent,
  type: ContentType,
  keys: readonly string[],
): Promise<KeyedUnit[]> {
  const found: KeyedUnit[] = [];
  for (const chunk of chunksOf(keys)) {
    const query = knex('unit')
      .join('repository_content', 'repository_content.unit_id', 'unit.id')
      .select('unit.id as id', 'unit.repo_key as key')
      .where('unit.type', type)
      .whereIn('unit.repo_key', chunk)
      .orderBy('unit.id');
    found.push(...(await whereInVersion(query, content)));
    await pause();
  }
  return found;
}

/** As {@link findUnitsByKey}, in whatever version they are or were. */
export async function findStoredUnitsByKey(
  knex: Knex,
  type: ContentType,
  keys: readonly string[],
): Promise<KeyedUnit[]> {
  const found: KeyedUnit[] = [];
  for (const chunk of chunksOf(keys)) {
    const rows: KeyedUnit[] = await knex('unit')
      .select('id', 'repo_key as key')
      .where('type', type)
      .whereIn('repo_key', chunk);
    for (const row of rows) found.push(row);
    await pause();
  }
  return found;
}

/** The package groups that a version holds under the given names, in their default language. */
export async function findGroupsByName(
  knex: Knex,
  content: VersionContent,
  names: readonly string[],
): Promise<KeyedUnit[]> {
  const found: KeyedUnit[] = [];
  for (const chunk of chunksOf(names)) {
    const query = knex('repository_content')
      .join('rpm_comps', 'rpm_comps.unit_id', 'repository_content.unit_id')
      .select('rpm_comps.unit_id as id', 'rpm_comps.name as key')
      .where('repository_content.unit_type', 'rpm.packagegroup')
      .whereIn('rpm_comps.name', chunk)
      .orderBy('rpm_comps.unit_id');
    found.push(...(await whereInVersion(query, content)));
  }
  return found;
}
