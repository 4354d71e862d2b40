import type { Knex } from 'knex';
import type { DbTaskWorkerRow } from '../../tables';
import { finishTasks } from './finishTask';

/**
 * Ends the tasks of workers that are gone: completed when their changes were committed, canceled
 * when that had been asked for, failed otherwise.
 *
 * @param aliveSince - a worker without a heartbeat since then is gone
 * @returns how many tasks were ended
 */
export async function recoverLostTasks(
  knex: Knex,
  aliveSince: string,
): Promise<number> {
  const ofLostWorkers = (query: Knex.QueryBuilder) =>
    query
      .whereIn('state', ['running', 'canceling'])
      .whereNotIn(
        'worker_id',
        knex<DbTaskWorkerRow>('task_worker')
          .select('id')
          .where('heartbeat_at', '>=', aliveSince),
      );

  let ended = await finishTasks(
    knex,
    query => ofLostWorkers(query).where('committed', true),
    { state: 'completed' },
  );
  // One that commits only now is not lost: the next look finds it completed.
  const uncommitted = (query: Knex.QueryBuilder) =>
    ofLostWorkers(query).where('committed', false);
  ended += await finishTasks(
    knex,
    query => uncommitted(query).where('state', 'canceling'),
    {
      state: 'canceled',
      changes: { error_json: JSON.stringify({ reason: 'Canceled.' }) },
    },
  );
  ended += await finishTasks(knex, uncommitted, {
    state: 'failed',
    changes: {
      error_json: JSON.stringify({
        description: 'The worker that ran this task stopped before its end.',
        traceback: '',
      }),
    },
  });
  await knex<DbTaskWorkerRow>('task_worker')
    .where('heartbeat_at', '<', aliveSince)
    .delete();
  return ended;
}
