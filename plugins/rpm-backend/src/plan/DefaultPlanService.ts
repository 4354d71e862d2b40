import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  ListQuery,
  MissingRequirement,
  PlanUnit,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import * as operations from '../database/operations/plans';
import { readVersionById } from '../database/operations/versions';
import type { RowPage } from '../database/pages';
import { currentTimestamp } from '../database/time';
import { parseReference } from '../identifiers';
import { actorOf } from '../identity/actor';
import type { Visibility } from '../permissions/AccessControl';
import type { VersionRecord } from '../repository';
import type { TaskQueue } from '../tasks';
import { unpackPart } from './parts';
import { presentMissing, type StoredMissing } from './presentMissing';
import { presentUnits } from './presentUnits';
import { applyPlanTask } from './tasks/applyPlan';
import type {
  CallOptions,
  CurrentPlan,
  PlanHead,
  PlanRecord,
  PlanService,
  PlanUnitQuery,
  ProblemWriter,
  SolverQuestion,
} from './types';
import { whyStale } from './whyStale';

export class DefaultPlanService implements PlanService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;
  readonly #problems: ProblemWriter;

  constructor(options: {
    knex: Knex;
    tasks: TaskQueue;
    problems: ProblemWriter;
  }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
    this.#problems = options.problems;
  }

  async list(
    filters: ListQuery,
    { visible = 'all' }: { visible?: Visibility } = {},
  ): Promise<RowPage<CurrentPlan<PlanHead>>> {
    const { count, rows } = await operations.listPlans(
      this.#knex,
      filters,
      visible,
    );
    return { count, rows: await this.#current(rows) };
  }

  async get(uuid: string): Promise<CurrentPlan> {
    const [current] = await this.#current([await this.#read(uuid)]);
    return current;
  }

  async units(
    uuid: string,
    { changes, causes, repository, ...page }: PlanUnitQuery,
  ): Promise<RowPage<PlanUnit>> {
    const plan = await this.#read(uuid);
    const { count, rows } = await operations.readPartsOfPage(
      this.#knex,
      plan.id,
      'units',
      page,
      {
        changes,
        causes,
        destinations:
          repository === undefined
            ? undefined
            : destinationsOf(plan, repository),
      },
    );
    return { count, rows: await presentUnits(this.#knex, plan, rows) };
  }

  async missing(
    uuid: string,
    page: { limit: number; offset: number },
  ): Promise<RowPage<MissingRequirement>> {
    const plan = await this.#read(uuid);
    const { count, rows } = await operations.readPartsOfPage(
      this.#knex,
      plan.id,
      'missing',
      page,
    );
    const stored: StoredMissing[] = [];
    for (const { part, from, to } of rows) {
      stored.push(...(await unpackPart<StoredMissing>(part)).slice(from, to));
    }
    return { count, rows: await presentMissing(this.#knex, stored) };
  }

  async problem(
    uuid: string,
    { signal }: { signal: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>> {
    const plan = await this.#read(uuid);
    const [part] = await operations.readPartsOfList(
      this.#knex,
      plan.id,
      'question',
    );
    if (!part) {
      throw new ConflictError('The plan was made without solving anything.');
    }
    const [question] = await unpackPart<SolverQuestion>(part);
    const versions: VersionRecord[] = [];
    for (const id of new Set(
      question.entries.flatMap(({ source, destination }) => [
        Number(source),
        Number(destination),
      ]),
    )) {
      const version = await readVersionById(this.#knex, id);
      if (!version) {
        throw new ConflictError(
          'A version that the plan was made from does not exist any more.',
        );
      }
      versions.push(version);
    }
    return this.#problems.writeProblem(signal, versions, question);
  }

  async apply(
    uuid: string,
    { reason }: { reason: string | undefined },
    options: CallOptions,
  ): Promise<string> {
    const { plan, stale } = await this.get(uuid);
    if (stale) throw new ConflictError(stale);
    return this.#tasks.dispatch({
      ...(await applyPlanTask(this.#knex, plan, reason)),
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }

  async #read(uuid: string): Promise<PlanRecord> {
    const plan = await operations.readPlan(this.#knex, { uuid });
    if (!plan) throw new NotFoundError('No Plan matches the given query.');
    return plan;
  }

  async #current<T extends PlanHead>(
    plans: readonly T[],
  ): Promise<CurrentPlan<T>[]> {
    const facts = await operations.readPlanFacts(this.#knex, plans);
    const now = currentTimestamp();
    return plans.map(plan => ({ plan, stale: whyStale(plan, facts, now) }));
  }
}

/** Positions of a destination among those of a plan: one or none. */
function destinationsOf({ versions }: PlanRecord, reference: string): number[] {
  const parsed = parseReference(reference);
  return versions.base.flatMap((base, position) =>
    parsed?.kind === 'repository' && base?.repositoryUuid === parsed.uuid
      ? position
      : [],
  );
}
