import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { RepositoryRecord } from '../../../repository/types';
import { lockIf } from '../../lock';
import type {
  DbRepositoryContentRow,
  DbRepositoryRow,
  DbUnitRow,
} from '../../tables';
import { deleteVersion } from '../versions/deleteVersion';
import { readRepositoryById } from '../repositories/readRepositories';
import {
  BARE_REPOSITORY,
  insertRepository,
} from '../repositories/writeRepositories';

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
        ...BARE_REPOSITORY,
        // Seen by nobody; names are unique, and those of others must not be in the way.
        name: `tree ${uuidv7()}`,
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

/**
 * Deletes the versions of a hidden repository that no tree is made of. They are left when trees are
 * cleaned up as orphans, and by syncs that failed. The latest one stays, for a tree may be about to
 * be made of it.
 *
 * @remarks
 * The caller must have reserved the parent for itself.
 */
export async function deleteUnusedVersions(
  knex: Knex,
  repositoryId: number,
): Promise<void> {
  const [, ...older]: { id: number; used: number | null }[] = await knex(
    'repository_version as version',
  )
    .select('version.id')
    .select({
      used: knex('rpm_distribution_tree_repository as part')
        .select('part.unit_id')
        .whereRaw('part.version_id = version.id')
        .limit(1),
    })
    .where('version.repository_id', repositoryId)
    .orderBy('version.number', 'desc');
  for (const { id, used } of older) {
    if (used === null) {
      await knex.transaction(trx => deleteVersion(trx, repositoryId, id));
    }
  }
}

/** The units of trees that are made of versions of a repository. */
function treesOf(
  trx: Knex.Transaction,
  repositoryId: number,
): Knex.QueryBuilder {
  return trx('rpm_distribution_tree_repository as part')
    .join('repository_version as version', 'version.id', 'part.version_id')
    .select('part.unit_id')
    .where('version.repository_id', repositoryId);
}

/** A repository besides its parent that holds one of a hidden one's trees, if there is any. */
async function findHolder(
  trx: Knex.Transaction,
  repositoryId: number,
  parentId: number,
): Promise<number | undefined> {
  const trees = trx<DbUnitRow>('unit')
    .select('id')
    .whereIn('id', treesOf(trx, repositoryId));
  // From here on nobody can put them into a repository until the transaction ends.
  lockIf({ lock: true }, trees, 'unit');
  await trees;
  const holder = await trx<DbRepositoryContentRow>('repository_content')
    .whereIn('unit_id', treesOf(trx, repositoryId))
    .whereNot({ repository_id: parentId })
    .select('repository_id')
    .orderBy('repository_id')
    .first();
  return holder?.repository_id;
}

/**
 * Parts a repository from the hidden ones of its trees, before it is deleted. What a tree needs that was copied to another repository goes on as a part of that
 * one; trees that nobody holds are deleted, for they would lack their content.
 *
 * @returns the hidden repositories that go with it
 */
export async function releaseHiddenRepositories(
  trx: Knex.Transaction,
  parentId: number,
): Promise<number[]> {
  const hidden = await trx<DbRepositoryRow>('repository')
    .where({ parent_id: parentId })
    .select('id');
  const released: number[] = [];
  for (const { id } of hidden) {
    const holderId = await findHolder(trx, id, parentId);
    if (holderId === undefined) {
      await trx<DbUnitRow>('unit').whereIn('id', treesOf(trx, id)).delete();
      released.push(id);
    } else {
      await trx<DbRepositoryRow>('repository')
        .where({ id })
        .update({ parent_id: holderId, tree_path: null });
    }
  }
  return released;
}
