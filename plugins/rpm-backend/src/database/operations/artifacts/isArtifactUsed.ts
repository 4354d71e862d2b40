import type { Knex } from 'knex';
import { ORPHAN_ARTIFACTS, whereUnheld } from '../orphans';

export async function isArtifactUsed(knex: Knex, id: number): Promise<boolean> {
  const query = knex('artifact').where({ id }).first('id');
  whereUnheld(knex, query, ORPHAN_ARTIFACTS);
  return (await query) === undefined;
}
