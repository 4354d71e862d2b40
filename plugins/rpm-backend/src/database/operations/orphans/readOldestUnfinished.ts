import {
  FINAL_TASK_STATES,
  TASK_STATES,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { DbTaskRow } from '../../tables';

/** When the oldest task was queued that has not ended, tasks of one name aside; undefined: none. */
export async function readOldestUnfinished(
  knex: Knex,
  exceptName: string,
): Promise<string | undefined> {
  const final: readonly string[] = FINAL_TASK_STATES;
  const row = await knex<DbTaskRow>('task')
    .whereIn(
      'state',
      TASK_STATES.filter(state => !final.includes(state)),
    )
    .whereNot('name', exceptName)
    .min({ oldest: 'created_at' })
    .first();
  return row?.oldest ?? undefined;
}
