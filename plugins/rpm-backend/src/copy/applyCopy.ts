import type { Knex } from 'knex';
import { unitHrefs } from '../database/operations/content-units';
import { readUnitFacts } from '../database/operations/versions';
import { hrefOf } from '../identifiers';
import {
  applyPlan,
  hrefOfVersion,
  planVersion,
  storeMergedAdvisories,
  type NewVersionRequest,
  type VersionHooks,
  type VersionPlan,
  type VersionRules,
} from '../repository';
import { findDuplicates } from '../repository/rules/replaceByRepoKey';
import type { TaskContext, TaskOutcome } from '../tasks/types';
import { describeCopy, type CopiedDestination } from './describeCopy';
import {
  planDestinations,
  type CopyFacts,
  type DestinationPlan,
} from './planning/planDestinations';
import type { CopyPair } from './planning/prepareCopy';
import { settleRivals, type Rivalry } from './planning/settleRivals';
import type { CopyTaskInput } from './types';

/** As many units as a version's record of its inputs names; all are counted. */
const NAMED = 100;

interface PlannedVersion {
  destination: DestinationPlan;
  rivalries: Rivalry[];
  request: NewVersionRequest;
  plan: VersionPlan;
}

/**
 * Makes the versions that a copy comes to, all in one transaction, then runs what is to happen after
 * each.
 */
export async function applyCopy(
  services: { knex: Knex; hooks: VersionHooks; rules: VersionRules },
  context: TaskContext,
  pairs: readonly CopyPair[],
  facts: CopyFacts,
  input: CopyTaskInput,
): Promise<void> {
  const { knex, hooks, rules } = services;
  const planned: PlannedVersion[] = [];
  for (const destination of planDestinations(facts)) {
    context.signal.throwIfAborted();
    const { units, rivalries } = await settle(knex, pairs, destination);
    const settled = { ...destination, units };
    const request = await toRequest(knex, context, pairs, settled, input);
    const plan = await storeMergedAdvisories(
      knex,
      await planVersion(knex, request, rules),
    );
    planned.push({ destination: settled, rivalries, request, plan });
  }

  context.signal.throwIfAborted();
  const { copied, outcome } = await knex.transaction(async trx => {
    const made: CopiedDestination[] = [];
    for (const { request, plan, destination, rivalries } of planned) {
      const version = await applyPlan(trx, plan, request);
      made.push({ destination, rivalries, made: version });
    }
    const described = await describeCopy(trx, pairs, facts, made);
    await context.commit(trx, described);
    return { copied: made, outcome: described };
  });

  let extended: TaskOutcome = outcome;
  for (const { made } of copied) {
    if (made.outcome === 'created') {
      extended = await hooks.run(context, made.version, extended);
    }
  }
}

/** Units of one source never exclude each other, so one source needs no looking. */
async function settle(
  knex: Knex,
  pairs: readonly CopyPair[],
  { units, entries }: DestinationPlan,
) {
  const sources = new Set(entries.map(entry => pairs[entry].source.id));
  if (sources.size < 2) return { units, rivalries: [] };
  const facts = await readUnitFacts(
    knex,
    units.map(({ id }) => id),
  );
  return settleRivals(units, findDuplicates(facts));
}

async function toRequest(
  knex: Knex,
  context: TaskContext,
  pairs: readonly CopyPair[],
  { destinationId, entries, units }: DestinationPlan,
  input: CopyTaskInput,
): Promise<NewVersionRequest> {
  const own = entries.map(entry => pairs[entry]);
  return {
    repositoryId: destinationId,
    baseVersionId: own[0].base?.id,
    add: units.map(({ id }) => id),
    remove: [],
    createdBy: context.createdBy,
    reason: input.reason,
    inputs: {
      operation: 'copy',
      config: await Promise.all(own.map(pair => recordPair(knex, pair))),
      dependency_solving: input.dependencySolving,
      dependency_upgrade: input.dependencyUpgrade,
    },
  };
}

/** What a version remembers of an entry that it comes from. */
async function recordPair(
  knex: Knex,
  { source, destination, base, content }: CopyPair,
): Promise<object> {
  const hrefs = await unitHrefs(knex, content?.slice(0, NAMED) ?? []);
  return {
    source_repo_version: hrefOfVersion(source),
    dest_repo: hrefOf('repository', destination.uuid),
    ...(base && { dest_base_version: base.number }),
    ...(content && {
      content: [...hrefs.values()],
      content_count: content.length,
    }),
  };
}
