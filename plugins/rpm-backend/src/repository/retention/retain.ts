import type { Knex } from 'knex';
import { unmarkCheckpoints } from '../../database/operations/publications';
import {
  deleteVersion,
  readRetentionFacts,
} from '../../database/operations/versions';
import { planRetention } from './planRetention';
import type { RetentionPlan, RetentionSettings } from './types';

const NOTHING: RetentionPlan = {
  surplusVersions: [],
  keptVersions: [],
  surplusCheckpoints: [],
  keptCheckpoints: [],
};

/**
 * What {@link retain} would do now.
 *
 * @param settings - those that shall count; what they leave out is not looked at
 */
export async function previewRetention(
  knex: Knex,
  repositoryId: number,
  settings: RetentionSettings,
): Promise<RetentionPlan> {
  if (!settings.retainRepoVersions && !settings.retainCheckpoints) {
    return NOTHING;
  }
  const facts = await readRetentionFacts(knex, repositoryId);
  return planRetention(facts, settings);
}

/**
 * Deletes the versions of a repository that retention does not keep, and un-marks such checkpoints.
 *
 * @remarks
 * Newest version first: then each row of membership is handed on at most once.
 *
 * @returns what was done
 */
export async function retain(
  trx: Knex.Transaction,
  repositoryId: number,
  settings: RetentionSettings,
): Promise<RetentionPlan> {
  const plan = await previewRetention(trx, repositoryId, settings);
  await unmarkCheckpoints(
    trx,
    repositoryId,
    plan.surplusCheckpoints.map(({ stamp }) => stamp),
  );
  for (const { id } of plan.surplusVersions) {
    await deleteVersion(trx, repositoryId, id);
  }
  return plan;
}
