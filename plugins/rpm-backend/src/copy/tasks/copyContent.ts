import type { Knex } from 'knex';
import { readRepositoryById } from '../../database/operations/repositories';
import { readVersionById } from '../../database/operations/versions';
import { prnOf } from '../../identifiers';
import type { VersionHooks, VersionRules } from '../../repository';
import type { SolverService } from '../../solving';
import { TaskError, type TaskHandler } from '../../tasks';
import type { TaskSpec } from '../../tasks/types';
import { applyCopy } from '../applyCopy';
import { prepareCopy, type CopyPair } from '../planning/prepareCopy';
import type { ResolvedEntry } from '../resolveCopy';
import type { CopyInput, CopyTaskEntry, CopyTaskInput } from '../types';
import { warnOfMissing } from '../warnOfMissing';

/** Pulp's name of the task. */
export const COPY_TASK = 'pulp_rpm.app.tasks.copy.copy_content';

/** The task of a copy: destinations are reserved for it, sources only against their deletion. */
export function copyTask(
  { dependencySolving, dependencyUpgrade, reason }: CopyInput,
  entries: readonly ResolvedEntry[],
): Omit<TaskSpec, 'createdBy'> {
  const input: CopyTaskInput = {
    dependencySolving,
    dependencyUpgrade,
    reason,
    entries: entries.map(({ source, destination, base, content }) => ({
      sourceVersionId: source.id,
      destinationId: destination.id,
      baseVersionId: base?.id,
      content,
    })),
  };
  return {
    name: COPY_TASK,
    input,
    reservations: {
      exclusive: entries.map(({ destination }) =>
        prnOf('repository', destination.uuid),
      ),
      shared: entries.map(({ source }) =>
        prnOf('repository', source.repositoryUuid),
      ),
    },
  };
}

export function copyHandler(services: {
  knex: Knex;
  solver: SolverService;
  hooks: VersionHooks;
  rules: VersionRules;
}): TaskHandler {
  return async (context, input: CopyTaskInput) => {
    const pairs: CopyPair[] = [];
    for (const entry of input.entries) {
      pairs.push(await readPair(services.knex, entry));
    }
    const facts = await prepareCopy(services, context, pairs, input);
    await applyCopy(services, context, pairs, facts, input);
    warnOfMissing(context.logger, facts);
  };
}

async function readPair(
  knex: Knex,
  { sourceVersionId, destinationId, baseVersionId, content }: CopyTaskEntry,
): Promise<CopyPair> {
  const source = await readVersionById(knex, sourceVersionId);
  if (!source) throw gone('source version');
  const destination = await readRepositoryById(knex, destinationId);
  if (!destination) throw gone('destination');
  const base =
    baseVersionId === undefined
      ? undefined
      : await readVersionById(knex, baseVersionId);
  if (baseVersionId !== undefined && !base) throw gone('base version');
  const start =
    base ?? (await readVersionById(knex, destination.latestVersion.id));
  if (!start) throw gone('destination');
  return { source, destination, base, start, content };
}

function gone(what: string): TaskError {
  return new TaskError(
    'PLP0005',
    `The ${what} of the copy does not exist any more.`,
  );
}
