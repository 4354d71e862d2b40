import type { Knex } from 'knex';
import {
  listCheckpointStamps,
  unmarkCheckpoints,
} from '../database/operations/publications';
import { readRepositoryById } from '../database/operations/repositories';

/** Which checkpoints are too old to stay when only the newest `keep` do. */
export function findSurplusCheckpoints(
  stamps: readonly string[],
  keep: number,
): string[] {
  return [...stamps].sort().reverse().slice(keep);
}

/**
 * Un-marks the checkpoints of a repository that its `retain_checkpoints` does not keep. Their
 * publications and versions stay.
 */
export async function retainCheckpoints(
  trx: Knex.Transaction,
  repositoryId: number,
): Promise<void> {
  const repository = await readRepositoryById(trx, repositoryId);
  if (!repository?.retainCheckpoints) return;
  const stamps = await listCheckpointStamps(trx, repositoryId);
  await unmarkCheckpoints(
    trx,
    repositoryId,
    findSurplusCheckpoints(stamps, repository.retainCheckpoints),
  );
}
