import type { Knex } from 'knex';
import { prnOf } from '../../../identifiers';

/** A version that a task relies on which waits or runs. */
export interface ReservedVersion {
  versionId: number;
  versionUuid: string;
  taskUuid: string;
  taskName: string;
}

/** The versions of a repository that tasks rely on which have not ended, by the oldest of these. */
export async function readReservedVersions(
  knex: Knex,
  repositoryId: number,
): Promise<ReservedVersion[]> {
  const rows: ReservedVersion[] = await knex('repository_version as version')
    .join('task_reservation as reservation', join =>
      join.on(
        'reservation.resource',
        knex.raw('? || cast(version.uuid as text)', [prnOf('version', '')]),
      ),
    )
    .join('task', 'task.id', 'reservation.task_id')
    .where('version.repository_id', repositoryId)
    .where({ 'reservation.held': true, 'reservation.exclusive': false })
    .orderBy('task.id')
    .select({
      versionId: 'version.id',
      versionUuid: 'version.uuid',
      taskUuid: 'task.uuid',
      taskName: 'task.name',
    });
  const first = new Map<number, ReservedVersion>();
  for (const row of rows) {
    if (!first.has(row.versionId)) first.set(row.versionId, row);
  }
  return [...first.values()];
}
