import type { Knex } from 'knex';
import { unitHrefs } from '../../database/operations/content-units';
import { readUnitFacts } from '../../database/operations/versions';
import { hrefOf } from '../../identifiers';
import type { PlanInputs, PlannedChange } from '../../plan';
import {
  hrefOfVersion,
  planVersion,
  type VersionRules,
} from '../../repository';
import { findDuplicates } from '../../repository/rules/replaceByRepoKey';
import type { TaskContext } from '../../tasks/types';
import type { CopyOptions } from '../types';
import {
  planDestinations,
  type CopyFacts,
  type DestinationPlan,
} from './planDestinations';
import type { CopyPair } from './prepareCopy';
import { settleRivals, type Rivalry } from './settleRivals';

/** As many units as the record of a copy's inputs names; all are counted. */
const NAMED = 100;

/** What a copy comes to at one destination. */
export interface PlannedDestination {
  /** Its units are those that the destination can hold together. */
  destination: DestinationPlan;
  rivalries: Rivalry[];
  change: PlannedChange;
}

/** Decides what each destination becomes. Writes nothing. */
export async function planVersions(
  { knex, rules }: { knex: Knex; rules: VersionRules },
  context: TaskContext,
  pairs: readonly CopyPair[],
  facts: CopyFacts,
  reason: string | undefined,
): Promise<PlannedDestination[]> {
  const destinations = planDestinations(facts);
  const progress = context.progress(
    'copy.planning',
    'Planning Versions',
    destinations.length,
  );
  const planned: PlannedDestination[] = [];
  for (const destination of destinations) {
    context.signal.throwIfAborted();
    const { units, rivalries } = await settle(knex, pairs, destination);
    const { destination: repository, base } = pairs[destination.entries[0]];
    const request = {
      repositoryId: repository.id,
      baseVersionId: base?.id,
      add: units.map(({ id }) => id),
      remove: [],
      createdBy: context.createdBy,
      reason,
      inputs: {},
    };
    planned.push({
      destination: { ...destination, units },
      rivalries,
      change: {
        repositoryUuid: repository.uuid,
        request,
        plan: await planVersion(knex, request, rules),
      },
    });
    progress.advance();
  }
  progress.finish();
  return planned;
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

/** What was asked for, as plans and versions remember it. */
export async function recordInputs(
  knex: Knex,
  pairs: readonly CopyPair[],
  options: CopyOptions,
): Promise<PlanInputs> {
  return {
    config: await Promise.all(pairs.map(pair => recordPair(knex, pair))),
    dependency_solving: options.dependencySolving,
    dependency_upgrade: options.dependencyUpgrade,
    weak_dependencies: options.weakDependencies,
    source_requires: options.sourceRequires,
    ...(options.architectures && { architectures: options.architectures }),
    on_missing: options.onMissing,
    allow_missing: options.allowMissing,
    modular_packages: options.modularPackages,
  };
}

async function recordPair(
  knex: Knex,
  { source, destination, base, content }: CopyPair,
): Promise<PlanInputs['config'][number]> {
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
