import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { RepositoryRecord } from '../../../repository/types';
import type { DbRepositoryRow } from '../../tables';
import { readRepositoryById } from '../repositories/readRepositories';
import { insertRepository } from '../repositories/writeRepositories';

/**
 * The hidden repository in a folder of a repository's tree; made when there is none.
 *
 * @remarks
 * The caller must have reserved the parent for itself.
 */
export async function takeHiddenRepository(
  knex: Knex,
  parentId: number,
  path: string,
): Promise<RepositoryRecord> {
  const place = { parent_id: parentId, tree_path: path };
  const repositories = knex<DbRepositoryRow>('repository');
  const known = await repositories.where(place).select('id').first();
  if (known) return (await readRepositoryById(knex, known.id))!;
  const id = await knex.transaction(async trx => {
    const uuid = await insertRepository(
      trx,
      {
        // Seen by nobody; names are unique, and those of others must not be in the way.
        name: `tree ${uuidv7()}`,
        description: undefined,
        labels: {},
        remoteId: undefined,
        autopublish: false,
        retainRepoVersions: undefined,
        retainCheckpoints: undefined,
        retainPackageVersions: 0,
        checksumType: undefined,
        compressionType: undefined,
        layout: undefined,
        repoConfig: {},
        owner: undefined,
        entity: undefined,
      },
      undefined,
    );
    const [row] = await trx<DbRepositoryRow>('repository')
      .where({ uuid })
      .update(place)
      .returning('id');
    return row.id;
  });
  return (await readRepositoryById(knex, id))!;
}
