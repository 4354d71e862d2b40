import type { Knex } from 'knex';
import type { TaskHandler, TaskSpec } from '../tasks/types';
import { mapPending } from './mapPending';

export const BACKFILL_TASK = 'rpm.modulemd-map.backfill';

/** The task that maps what is pending; one at a time. */
export function backfillTask(): Pick<
  TaskSpec,
  'name' | 'input' | 'reservations'
> {
  return {
    name: BACKFILL_TASK,
    input: {},
    reservations: { exclusive: ['rpm.modulemd-map'] },
  };
}

/**
 * Maps batch by batch: what is mapped stays so when the task is cancelled or its worker dies, and the
 * next one goes on from there.
 */
export function backfillHandler({ knex }: { knex: Knex }): TaskHandler {
  return async context => {
    const progress = context.progress(
      'modulemd-map.backfill',
      'Mapping Artifacts of Modules',
    );
    let mapped = 0;
    await mapPending(knex, {
      signal: context.signal,
      onStart: count => progress.setTotal(count),
      onMapped: count => {
        mapped += count;
        progress.advance(count);
      },
    });
    progress.finish();
    return { result: { mapped } };
  };
}
