import type { Knex } from 'knex';
import type { ContentType } from '../../../identifiers';
import type { UnitCounts } from '../../../repository/versionTypes';
import { chunksOf } from '../../chunks';
import { whereAmong } from '../../idSets';
import { pause } from '../../pause';
import type { DbRepositoryContentRow } from '../../tables';

/** Lets units be in a repository from a version on; those that do not exist any more are left out. */
export async function addUnits(
  trx: Knex.Transaction,
  repositoryId: number,
  number: number,
  unitIds: readonly number[],
): Promise<void> {
  for (const chunk of chunksOf(unitIds, 1_000)) {
    await trx
      .into(
        trx.raw('repository_content (??, ??, ??, ??)', [
          'repository_id',
          'unit_id',
          'unit_type',
          'version_added',
        ]),
      )
      .insert(
        trx('unit')
          .select(
            trx.raw('cast(? as integer)', [repositoryId]),
            'id',
            'type',
            trx.raw('cast(? as integer)', [number]),
          )
          .whereIn('id', chunk)
          // What a clean-up of orphans deletes at this moment is waited for, and not found then.
          .forKeyShare(),
      );
    await pause();
  }
}

/** Lets units be in a repository up to the version before this one. */
export async function removeUnits(
  trx: Knex.Transaction,
  repositoryId: number,
  number: number,
  unitIds: readonly number[],
): Promise<void> {
  for (const chunk of chunksOf(unitIds, 1_000)) {
    const rows = trx<DbRepositoryContentRow>('repository_content')
      .where('repository_id', repositoryId)
      // Says nothing new, but leads SQLite to the primary key instead of through the repository.
      .where('version_added', '<', number)
      .whereNull('version_removed');
    whereAmong(trx, rows, 'unit_id', chunk);
    await rows.update({ version_removed: number });
    await pause();
  }
}

/** What a version added and removed, compared with the version before it, by type. */
export async function countChanges(
  knex: Knex,
  repositoryId: number,
  number: number,
): Promise<{ added: UnitCounts; removed: UnitCounts }> {
  const count = async (column: 'version_added' | 'version_removed') => {
    const rows = await knex<DbRepositoryContentRow>('repository_content')
      .select('unit_type')
      .count({ count: '*' })
      .where({ repository_id: repositoryId, [column]: number })
      .groupBy('unit_type')
      .orderBy('unit_type');
    const counts: UnitCounts = {};
    for (const row of rows) {
      counts[row.unit_type as ContentType] = Number(row.count);
    }
    return counts;
  };
  return {
    added: await count('version_added'),
    removed: await count('version_removed'),
  };
}
