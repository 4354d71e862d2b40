import type { Knex } from 'knex';
import { deleteExpiredPlans } from '../database/operations/plans';
import { currentTimestamp } from '../database/time';

/** Deletes the plans that nobody can apply any more, and that were there to be read long enough. */
export async function sweepPlans(knex: Knex): Promise<void> {
  await deleteExpiredPlans(knex, currentTimestamp());
}
