import type { Knex } from 'knex';
import { readPending } from '../database/operations/artifact-map';
import { isTaskUnfinished } from '../database/operations/tasks';
import type { TaskQueue } from '../tasks';
import { BACKFILL_TASK, backfillTask } from './backfillTask';

/** Queues a back-fill when something is pending and none is on its way. */
export async function queueBackfill({
  knex,
  queue,
}: {
  knex: Knex;
  queue: TaskQueue;
}): Promise<void> {
  const { count } = await readPending(knex);
  if (!count || (await isTaskUnfinished(knex, BACKFILL_TASK))) return;
  await queue.dispatch({ ...backfillTask(), createdBy: undefined });
}
