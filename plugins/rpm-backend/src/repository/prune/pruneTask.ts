import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { readRepositoryById } from '../../database/operations/repositories';
import { toTimestamp } from '../../database/time';
import { prnOf } from '../../identifiers';
import { mapPending } from '../../modulemd-map';
import { TaskError, type TaskHandler } from '../../tasks';
import type { TaskSpec } from '../../tasks/types';
import type { RepositoryRecord } from '../types';
import type { VersionMaker } from '../VersionMaker';
import { planPrune } from './planPrune';
import { readPrunable } from './readPrunable';

/** Pulp's name of the task. */
export const PRUNE_TASK = 'pulp_rpm.app.tasks.prune.prune_packages';

/** As many as run at once, whoever asked for them: the others leave room for other work. */
const LANES = 5;

interface PruneTaskInput {
  repositoryId: number;
  keepDays: number;
  dryRun: boolean;
}

/** @param index - of the task in its group; decides which others it waits for */
export function pruneTask(
  repository: Pick<RepositoryRecord, 'id' | 'uuid'>,
  index: number,
  { keepDays, dryRun }: Pick<PruneTaskInput, 'keepDays' | 'dryRun'>,
): Pick<TaskSpec, 'name' | 'input' | 'reservations'> {
  const prn = prnOf('repository', repository.uuid);
  const lane = `rpm.package.prune:${index % LANES}`;
  const input: PruneTaskInput = {
    repositoryId: repository.id,
    keepDays,
    dryRun,
  };
  return {
    name: PRUNE_TASK,
    input,
    reservations: dryRun
      ? { exclusive: [lane], shared: [prn] }
      : { exclusive: [prn, lane] },
  };
}

export function pruneHandler(options: {
  knex: Knex;
  maker: VersionMaker;
}): TaskHandler {
  const { knex, maker } = options;
  return async (context, input: PruneTaskInput) => {
    const { repositoryId, keepDays, dryRun } = input;
    const repository = await readRepositoryById(knex, repositoryId);
    if (!repository) {
      throw new TaskError('PLP0005', 'The repository does not exist any more.');
    }
    const { number } = repository.latestVersion;
    await mapPending(knex, { signal: context.signal });
    const choice = planPrune(
      await readPrunable(knex, { repositoryId, number }),
      toTimestamp(DateTime.utc().minus({ days: keepDays })),
    );
    const remove = [...choice.reasons.keys()];
    const progress = context.progress(
      'rpm.package.prune.repository',
      `Pruned packages of ${repository.name}`,
      remove.length,
    );
    context.signal.throwIfAborted();
    const request = {
      repositoryId,
      add: [],
      remove,
      chosen: choice,
      createdBy: context.createdBy,
      inputs: { operation: 'prune', keep_days: keepDays },
    };
    if (dryRun) {
      const preview = await maker.preview(request);
      progress.finish();
      return preview;
    }
    const { outcome } = await maker.make(context, request);
    progress.advance(remove.length);
    progress.finish();
    return outcome;
  };
}
