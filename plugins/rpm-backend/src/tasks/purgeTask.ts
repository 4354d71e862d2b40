import type {
  FINAL_TASK_STATES,
  TaskState,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { purgeEmptyGroups, purgeTasks } from '../database/operations/tasks';
import { pause } from '../database/pause';
import { toTimestamp } from '../database/time';
import type { TaskHandler, TaskSpec } from './types';

/** Pulp's name of the task. */
export const PURGE_TASK = 'pulpcore.app.tasks.purge.purge';

/** Which records of tasks to delete. */
export interface PurgeInput {
  /** Any ISO-8601 time; now when undefined. */
  finishedBefore: string | undefined;
  states: readonly (typeof FINAL_TASK_STATES)[number][] | undefined;
}

interface PurgeTaskInput {
  finishedBefore: string;
  states: readonly TaskState[];
}

/** The task that deletes records of tasks. What ends while it waits is spared. */
export function purgeTask({
  finishedBefore,
  states = ['completed'],
}: PurgeInput): Pick<TaskSpec, 'name' | 'input' | 'reservations'> {
  const before =
    finishedBefore === undefined
      ? DateTime.utc()
      : DateTime.fromISO(finishedBefore, { zone: 'utc' });
  const input: PurgeTaskInput = { finishedBefore: toTimestamp(before), states };
  return { name: PURGE_TASK, input, reservations: {} };
}

/** Deletes chunk by chunk: what is deleted stays so when the task is cancelled. */
export function purgeHandler({ knex }: { knex: Knex }): TaskHandler {
  return async (context, input: PurgeTaskInput) => {
    const total = context.progress('purge.tasks.total', 'Purged records');
    const deleteAll = async (
      type: string,
      message: string,
      deleteChunk: () => Promise<number>,
    ): Promise<number> => {
      const progress = context.progress(`purge.tasks.key.${type}`, message);
      let all = 0;
      for (;;) {
        context.signal.throwIfAborted();
        const deleted = await deleteChunk();
        if (!deleted) break;
        all += deleted;
        progress.advance(deleted);
        total.advance(deleted);
        await pause();
      }
      progress.finish();
      return all;
    };
    const tasks = await deleteAll('core.Task', 'Purged tasks', () =>
      purgeTasks(knex, input),
    );
    const groups = await deleteAll('core.TaskGroup', 'Purged groups', () =>
      purgeEmptyGroups(knex, input.finishedBefore),
    );
    total.finish();
    return { result: { tasks, task_groups: groups } };
  };
}
