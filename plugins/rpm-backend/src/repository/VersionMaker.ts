import type { DryRunResult } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { readVersionById } from '../database/operations/versions';
import { TaskError } from '../tasks/errors';
import type { TaskContext, TaskOutcome } from '../tasks/types';
import { describeDryRun } from './describeDryRun';
import { describeOutcome } from './describeOutcome';
import { applyPlan } from './applyPlan';
import { planVersion } from './planVersion';
import type { VersionRules } from './rules/resolveAdvisories';
import { storeMergedAdvisories } from './storeMergedAdvisories';
import type { VersionHooks } from './VersionHooks';
import type {
  NewVersionRequest,
  VersionOutcome,
  VersionPlan,
} from './versionTypes';

/** Makes a version as the whole work of a task: plan, apply and commit, then the hooks. */
export class VersionMaker {
  readonly #knex: Knex;
  readonly #hooks: VersionHooks;
  readonly #rules: VersionRules;

  constructor(options: {
    knex: Knex;
    hooks: VersionHooks;
    rules: VersionRules;
  }) {
    this.#knex = options.knex;
    this.#hooks = options.hooks;
    this.#rules = options.rules;
  }

  /**
   * The task must have reserved the repository for itself.
   *
   * @param more - to be said in the task's result besides the outcome
   * @param created - hrefs of units that the task made or found, which it names after the version
   * @param also - what becomes visible with the version, or with the one that is there when nothing
   *   would change; gives the hrefs of what it made
   * @returns the version's outcome, and what the task has committed by then
   */
  async make(
    context: TaskContext,
    request: NewVersionRequest,
    more: object | ((made: VersionOutcome) => object) = {},
    created: readonly string[] = [],
    also: (
      trx: Knex.Transaction,
      made: VersionOutcome,
    ) => Promise<readonly string[]> = async () => [],
  ): Promise<{ made: VersionOutcome; outcome: TaskOutcome }> {
    const plan = await storeMergedAdvisories(
      this.#knex,
      await planVersion(this.#knex, request, this.#rules),
    );
    for (const { path } of plan.pathOverlaps) {
      context.logger.warn(
        `Several units have the path ${path}; a publication has one of them`,
      );
    }
    const committed = await this.#knex.transaction(async trx => {
      const made = await applyPlan(trx, plan, request);
      const { createdResources, result } = await describeOutcome(trx, made);
      const { warnings } = result;
      const outcome: TaskOutcome = {
        createdResources: [
          ...createdResources,
          ...created,
          ...(await also(trx, made)),
        ],
        result: {
          ...(result as object),
          ...(typeof more === 'function' ? more(made) : more),
        },
      };
      await context.commit(trx, outcome);
      return { made, outcome, warnings };
    });
    reportChanges(context, plan);
    const { made, outcome, warnings } = committed;
    for (const { sentence } of warnings) context.logger.warn(sentence);
    if (made.outcome === 'unchanged') return { made, outcome };
    return {
      made,
      outcome: await this.#hooks.run(context, made.version, outcome),
    };
  }

  /**
   * Makes a version of a repository that only serves another one: nothing is told of it, and nothing
   * follows from it. The task must have reserved the other one for itself.
   */
  async makeAlone(request: NewVersionRequest): Promise<VersionOutcome> {
    const plan = await storeMergedAdvisories(
      this.#knex,
      await planVersion(this.#knex, request, this.#rules),
    );
    return this.#knex.transaction(trx => applyPlan(trx, plan, request));
  }

  /**
   * What {@link make} would do, by the same plan; nothing is written.
   *
   * @remarks
   * The task need not have the repository for itself: what it tells was true while it looked.
   *
   * @returns an outcome whose result is a {@link DryRunResult}
   */
  async preview(
    request: NewVersionRequest,
  ): Promise<TaskOutcome & { result: DryRunResult }> {
    const plan = await planVersion(this.#knex, request, this.#rules);
    const latest = await readVersionById(this.#knex, plan.latestVersionId);
    if (!latest) {
      throw new TaskError('PLP0005', 'The repository does not exist any more.');
    }
    return {
      result: await describeDryRun(this.#knex, plan, request.add, latest),
    };
  }
}

/** By Pulp's codes, whichever operation the version comes from. */
function reportChanges(context: TaskContext, plan: VersionPlan): void {
  const reports = [
    ['associating.content', 'Associated content', plan.added],
    ['unassociating.content', 'Un-associated content', plan.removed],
  ] as const;
  for (const [code, message, { length }] of reports) {
    const progress = context.progress(code, message, length);
    progress.advance(length);
    progress.finish();
  }
}
