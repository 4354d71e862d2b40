import {
  FINAL_TASK_STATES,
  TASK_STATES,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { DbTaskRow } from '../../tables';

/** Whether a task of a name waits or runs. */
export async function isTaskUnfinished(
  knex: Knex,
  name: string,
): Promise<boolean> {
  const final: readonly string[] = FINAL_TASK_STATES;
  const row = await knex<DbTaskRow>('task')
    .select('id')
    .whereIn(
      'state',
      TASK_STATES.filter(state => !final.includes(state)),
    )
    .where({ name })
    .first();
  return row !== undefined;
}
