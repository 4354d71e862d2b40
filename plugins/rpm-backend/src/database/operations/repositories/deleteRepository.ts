import type { Knex } from 'knex';
import type { DbRepositoryRow } from '../../tables';

/**
 * Deletes a repository with its versions and publications; distributions of it stay and serve
 * nothing. Units stay: what no repository holds any more is for orphan cleanup.
 */
export async function deleteRepository(knex: Knex, id: number): Promise<void> {
  await knex<DbRepositoryRow>('repository').where({ id }).delete();
}
