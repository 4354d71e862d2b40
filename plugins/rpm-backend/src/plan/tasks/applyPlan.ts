import type { AuditorService } from '@backstage/backend-plugin-api';
import type { CopyReport } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import {
  markPlanApplied,
  readPartsOfList,
  readPlan,
  readPlanFacts,
} from '../../database/operations/plans';
import { readVersionById } from '../../database/operations/versions';
import { currentTimestamp } from '../../database/time';
import { hrefOf, prnOf } from '../../identifiers';
import {
  planVersion,
  type NewVersionRequest,
  type VersionHooks,
  type VersionRules,
} from '../../repository';
import { TaskError, type TaskHandler } from '../../tasks';
import type { TaskContext, TaskSpec } from '../../tasks/types';
import { carryOut, type PlannedChange } from '../carryOut';
import { digestOf } from '../digestOf';
import { unpackPart } from '../parts';
import type { PlanRecord } from '../types';
import { versionInputs } from '../versionInputs';
import { warnOfMissing } from '../warnOfMissing';
import { whyStale } from '../whyStale';

export const APPLY_PLAN_TASK = 'rpm.plan.apply';

/** A plan that cannot be applied (any more). */
const STALE = 'RPM0012';

interface ApplyPlanInput {
  planId: number;
  /** Instead of the plan's own. */
  reason?: string;
}

/** The task that carries out a plan. */
export async function applyPlanTask(
  knex: Knex,
  { id, versions }: PlanRecord,
  reason: string | undefined,
): Promise<Omit<TaskSpec, 'createdBy'>> {
  const sources: string[] = [];
  for (const source of versions.source) {
    const version = await readVersionById(knex, source!.versionId);
    if (version) sources.push(prnOf('version', version.uuid));
  }
  const input: ApplyPlanInput = { planId: id, reason };
  return {
    name: APPLY_PLAN_TASK,
    input,
    reservations: {
      exclusive: versions.base.map(base =>
        prnOf('repository', base!.repositoryUuid),
      ),
      shared: sources,
    },
  };
}

/**
 * Makes exactly what a plan says. The rules of versions are asked again, with the destinations
 * reserved: when they make anything else of the plan's units, nothing is written.
 */
export function applyPlanHandler(services: {
  knex: Knex;
  hooks: VersionHooks;
  rules: VersionRules;
  auditor: AuditorService;
}): TaskHandler {
  const { knex } = services;
  return async (context, { planId, reason }: ApplyPlanInput) => {
    const plan = await readPlan(knex, { id: planId });
    if (!plan) {
      throw new TaskError(STALE, 'The plan does not exist any more.');
    }
    const stale = whyStale(
      plan,
      await readPlanFacts(knex, [plan]),
      currentTimestamp(),
    );
    if (stale) throw new TaskError(STALE, stale);

    const changes = await planAgain(services, context, plan, reason);
    if (digestOf(changes.map(change => change.plan)) !== plan.digest) {
      throw new TaskError(
        STALE,
        'The settings or the content of a destination would make something else of the plan than what it says.',
      );
    }
    const report = reportOf(plan);
    await carryOut(
      services,
      context,
      {
        uuid: plan.uuid,
        digest: plan.digest,
        sources: plan.versions.source.map(source => source!.versionId),
        changes,
        report,
      },
      async (trx, _, applied) => {
        if (!(await markPlanApplied(trx, plan.id, applied))) {
          throw new TaskError(STALE, 'The plan has been applied already.');
        }
      },
    );
    warnOfMissing(context.logger, report);
  };
}

async function planAgain(
  { knex, rules }: { knex: Knex; rules: VersionRules },
  context: TaskContext,
  plan: PlanRecord,
  reason: string | undefined,
): Promise<PlannedChange[]> {
  const { base, start } = plan.versions;
  const progress = context.progress(
    'copy.planning',
    'Planning Versions',
    base.length,
  );
  const additions = await readAdditions(knex, plan);
  const changes: PlannedChange[] = [];
  for (const [position, destination] of base.entries()) {
    context.signal.throwIfAborted();
    const { repositoryId, repositoryUuid } = destination!;
    const request: NewVersionRequest = {
      repositoryId,
      baseVersionId: start[position]?.versionId,
      add: additions[position],
      remove: [],
      createdBy: context.createdBy,
      reason: reason ?? plan.reason,
      inputs: versionInputs(plan, repositoryUuid),
    };
    changes.push({
      repositoryUuid,
      request,
      plan: await planVersion(knex, request, rules),
    });
    progress.advance();
  }
  progress.finish();
  return changes;
}

/** By position of the destination. */
async function readAdditions(
  knex: Knex,
  { id, versions }: PlanRecord,
): Promise<number[][]> {
  const additions: number[][] = versions.base.map(() => []);
  for (const part of await readPartsOfList(knex, id, 'additions')) {
    const units = await unpackPart<number>(part);
    additions[part.section.destination!].push(...units);
  }
  return additions;
}

function reportOf({ uuid, result }: PlanRecord): Omit<CopyReport, 'outcome'> {
  const { dry_run: _, outcome: __, destinations: ___, ...report } = result;
  return { ...report, plan: hrefOf('plan', uuid) };
}
