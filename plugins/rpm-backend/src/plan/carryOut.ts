import type { AuditorService } from '@backstage/backend-plugin-api';
import type {
  CopyReport,
  CopyResult,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { lockVersions } from '../database/operations/versions';
import { hrefOf } from '../identifiers';
import {
  applyPlan,
  describeOutcome,
  hrefOfVersion,
  storeMergedAdvisories,
  type NewVersionRequest,
  type VersionHooks,
  type VersionOutcome,
  type VersionPlan,
} from '../repository';
import { TaskError } from '../tasks';
import type { TaskContext, TaskOutcome } from '../tasks/types';
import type { PlanVersion } from './types';

/** What one destination of a plan becomes. */
export interface PlannedChange {
  repositoryUuid: string;
  request: NewVersionRequest;
  plan: VersionPlan;
}

/** A plan that is to be carried out now. */
export interface PlanToCarryOut {
  uuid: string;
  digest: string;
  /** Ids of the versions that units come from. */
  sources: readonly number[];
  changes: readonly PlannedChange[];
  report: Omit<CopyReport, 'outcome'>;
}

/**
 * Makes all versions of a plan in one transaction, then runs what is to happen after each.
 *
 * @param note - writes down in that transaction what came of it
 * @throws TaskError when a source was deleted, or a destination has changed
 */
export async function carryOut(
  services: { knex: Knex; hooks: VersionHooks; auditor: AuditorService },
  context: TaskContext,
  plan: PlanToCarryOut,
  note: (
    trx: Knex.Transaction,
    result: CopyResult,
    applied: (PlanVersion | undefined)[],
  ) => Promise<void>,
): Promise<void> {
  const { knex, hooks, auditor } = services;
  const event = await auditor.createEvent({
    eventId: 'plan-apply',
    severityLevel: 'medium',
    meta: {
      plan: plan.uuid,
      digest: plan.digest,
      caller: context.createdBy,
      repositories: plan.changes.map(({ repositoryUuid }) => repositoryUuid),
    },
  });
  let done: { made: VersionOutcome[]; outcome: TaskOutcome };
  try {
    done = await makeVersions(knex, context, plan, note);
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
  await event.success({
    meta: { versions: done.outcome.createdResources?.join(' ') },
  });
  let { outcome } = done;
  for (const made of done.made) {
    if (made.outcome === 'created') {
      outcome = await hooks.run(context, made.version, outcome);
    }
  }
}

async function makeVersions(
  knex: Knex,
  context: TaskContext,
  { sources, changes, report }: PlanToCarryOut,
  note: Parameters<typeof carryOut>[3],
): Promise<{ made: VersionOutcome[]; outcome: TaskOutcome }> {
  const stored: VersionPlan[] = [];
  for (const { plan } of changes) {
    stored.push(await storeMergedAdvisories(knex, plan));
  }
  context.signal.throwIfAborted();
  return knex.transaction(async trx => {
    if (!(await lockVersions(trx, sources))) {
      throw new TaskError(
        'PLP0005',
        'The source version of the copy does not exist any more.',
      );
    }
    const made: VersionOutcome[] = [];
    for (const [index, { request }] of changes.entries()) {
      made.push(await applyPlan(trx, stored[index], request));
    }
    const result = await describeResult(trx, changes, made, report);
    await note(trx, result, made.map(appliedVersion));
    const createdResources = made.flatMap(({ outcome, version }) =>
      outcome === 'created' ? hrefOfVersion(version) : [],
    );
    const outcome = { createdResources, result };
    await context.commit(trx, outcome);
    return { made, outcome };
  });
}

async function describeResult(
  trx: Knex.Transaction,
  changes: readonly PlannedChange[],
  made: readonly VersionOutcome[],
  report: Omit<CopyReport, 'outcome'>,
): Promise<CopyResult> {
  const destinations: CopyResult['destinations'] = [];
  for (const [index, outcome] of made.entries()) {
    destinations.push({
      repository: hrefOf('repository', changes[index].repositoryUuid),
      ...(await describeOutcome(trx, outcome)).result,
    });
  }
  return {
    outcome: made.some(({ outcome }) => outcome === 'created')
      ? 'created'
      : 'unchanged',
    destinations,
    ...report,
  };
}

function appliedVersion({
  outcome,
  version,
}: VersionOutcome): PlanVersion | undefined {
  if (outcome !== 'created') return undefined;
  const { id, repositoryId, repositoryUuid, number } = version;
  return { versionId: id, repositoryId, repositoryUuid, number };
}
