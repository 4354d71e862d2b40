import type { AuditorService } from '@backstage/backend-plugin-api';
import type { CopyReport } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { insertPlan } from '../database/operations/plans';
import { toTimestamp } from '../database/time';
import { hrefOf } from '../identifiers';
import { carryOut, versionInputs, type NewPlan } from '../plan';
import type { VersionHooks } from '../repository';
import { TaskError } from '../tasks';
import type { TaskContext } from '../tasks/types';
import { describeCopy, previewDestinations } from './describeCopy';
import { listMissing, recordCopy } from './recordCopy';
import { Explanations } from './planning/Explanations';
import type { CopyFacts } from './planning/planDestinations';
import { recordInputs, type PlannedDestination } from './planning/planVersions';
import type { CopyPair } from './planning/prepareCopy';
import { refusalOf, refusalOfUnaccompanied } from './refusalOf';
import type { CopyOptions } from './types';

/** Requirements are missing that may not be. */
const LACKS_REQUIREMENTS = 'RPM0011';
/** Packages would come without their modules. */
const LACKS_MODULES = 'RPM0019';

/** A copy of which everything is decided. */
export interface DecidedCopy {
  /** Of the plan that is stored of it. */
  uuid: string;
  pairs: readonly CopyPair[];
  facts: CopyFacts;
  planned: readonly PlannedDestination[];
  options: CopyOptions;
}

/**
 * Does what was decided, or only writes down its plan. With requirements or modules missing that may
 * not be, it does the latter and fails.
 *
 * @returns what is told of it
 * @throws TaskError with the `plan` that tells what is missing
 */
export async function finishCopy(
  services: {
    knex: Knex;
    hooks: VersionHooks;
    auditor: AuditorService;
    planKeepDays: number;
  },
  context: TaskContext,
  { uuid, pairs, facts, planned, options }: DecidedCopy,
): Promise<Omit<CopyReport, 'outcome'>> {
  const { knex } = services;
  const explanations = new Explanations(facts);
  const missing = await listMissing(facts, explanations);
  const report = await describeCopy(
    knex,
    uuid,
    pairs,
    facts,
    planned,
    missing,
    explanations,
  );
  const { parts, ...record } = await recordCopy(
    pairs,
    facts,
    planned,
    missing,
    explanations,
  );
  const lacking =
    options.onMissing === 'fail' ? refusalOf(facts.closure) : undefined;
  const refusal =
    lacking ??
    (options.modularPackages === 'fail'
      ? refusalOfUnaccompanied(report)
      : undefined);
  const plan: Omit<NewPlan, 'state' | 'result'> = {
    uuid,
    ...record,
    createdBy: context.createdBy,
    reason: options.reason,
    taskId: context.taskId,
    expiresAt: toTimestamp(
      DateTime.utc().plus({ days: services.planKeepDays }),
    ),
    inputs: await recordInputs(knex, pairs, options),
    refusal,
  };

  if (options.dryRun || refusal) {
    const result = {
      ...(await previewDestinations(knex, planned)),
      ...report,
    };
    context.signal.throwIfAborted();
    await knex.transaction(async trx => {
      await insertPlan(trx, { ...plan, state: 'planned', result }, parts);
      // What is refused has no outcome: a task that has committed one counts as completed.
      if (!refusal) await context.commit(trx, { result });
    });
    if (refusal) {
      const code = lacking ? LACKS_REQUIREMENTS : LACKS_MODULES;
      throw new TaskError(code, refusal, {
        plan: hrefOf('plan', uuid),
      });
    }
    return report;
  }

  await carryOut(
    services,
    context,
    {
      uuid,
      digest: plan.digest,
      sources: pairs.map(({ source }) => source.id),
      changes: planned.map(({ change }) => ({
        ...change,
        request: {
          ...change.request,
          inputs: versionInputs(plan, change.repositoryUuid),
        },
      })),
      report,
    },
    async (trx, result, applied) => {
      await insertPlan(
        trx,
        {
          ...plan,
          state: 'applied',
          result,
          versions: { ...plan.versions, applied },
        },
        parts.filter(({ list }) => list !== 'additions'),
      );
    },
  );
  return report;
}
