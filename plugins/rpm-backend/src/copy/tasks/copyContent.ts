import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import { readRepositoryById } from '../../database/operations/repositories';
import { readVersionById } from '../../database/operations/versions';
import { prnOf } from '../../identifiers';
import { warnOfMissing } from '../../plan';
import type { VersionHooks, VersionRules } from '../../repository';
import type { SolverService } from '../../solving';
import { TaskError, type TaskHandler } from '../../tasks';
import type { TaskSpec } from '../../tasks/types';
import { finishCopy } from '../finishCopy';
import { planVersions } from '../planning/planVersions';
import { prepareCopy, type CopyPair } from '../planning/prepareCopy';
import type { ResolvedEntry } from '../resolveCopy';
import type { CopyInput, CopyTaskEntry, CopyTaskInput } from '../types';

/** Pulp's name of the task. */
export const COPY_TASK = 'pulp_rpm.app.tasks.copy.copy_content';

/**
 * The task of a copy. Destinations are reserved for it, or only against changes while it merely
 * plans; source versions only against their deletion, so that their repositories can change.
 */
export function copyTask(
  { entries: _, ...options }: CopyInput,
  entries: readonly ResolvedEntry[],
): Omit<TaskSpec, 'createdBy'> {
  const input: CopyTaskInput = {
    ...options,
    entries: entries.map(({ source, destination, base, content }) => ({
      sourceVersionId: source.id,
      destinationId: destination.id,
      baseVersionId: base?.id,
      content,
    })),
  };
  const sources = entries.map(({ source }) => prnOf('version', source.uuid));
  const destinations = entries.map(({ destination }) =>
    prnOf('repository', destination.uuid),
  );
  return {
    name: COPY_TASK,
    input,
    reservations: options.dryRun
      ? { shared: [...destinations, ...sources] }
      : { exclusive: destinations, shared: sources },
  };
}

export function copyHandler(services: {
  knex: Knex;
  solver: SolverService;
  hooks: VersionHooks;
  rules: VersionRules;
  auditor: AuditorService;
  planKeepDays: number;
}): TaskHandler {
  return async (context, input: CopyTaskInput) => {
    const pairs: CopyPair[] = [];
    for (const entry of input.entries) {
      pairs.push(await readPair(services.knex, entry));
    }
    const facts = await prepareCopy(services, context, pairs, input);
    const planned = await planVersions(
      services,
      context,
      pairs,
      facts,
      input.reason,
    );
    const copy = { uuid: uuidv7(), pairs, facts, planned, options: input };
    const report = await finishCopy(services, context, copy);
    warnOfMissing(context.logger, report);
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
  const latest = await readVersionById(knex, destination.latestVersion.id);
  if (!latest) throw gone('destination');
  return { source, destination, base, latest, start: base ?? latest, content };
}

function gone(what: string): TaskError {
  return new TaskError(
    'PLP0005',
    `The ${what} of the copy does not exist any more.`,
  );
}
