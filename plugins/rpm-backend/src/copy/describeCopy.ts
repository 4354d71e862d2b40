import type {
  CopyDestinationResult,
  CopyResult,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { hrefOf } from '../identifiers';
import { describeOutcome, type VersionOutcome } from '../repository';
import type { TaskOutcome } from '../tasks/types';
import { Explanations } from './planning/Explanations';
import {
  CAUSES,
  type CopyFacts,
  type DestinationPlan,
  type PlannedUnit,
} from './planning/planDestinations';
import type { CopyPair } from './planning/prepareCopy';
import type { Rivalry } from './planning/settleRivals';
import { UnitNames } from './UnitNames';

/** As many added units as a task's result explains. */
const EXPLAINED = 100;
/** As many ignored references and conflicts as are named; all are counted. */
const NAMED = 1000;

/** What came of a copy at one destination. */
export interface CopiedDestination {
  destination: DestinationPlan;
  rivalries: Rivalry[];
  made: VersionOutcome;
}

/** What a task tells of a copy: the versions, and why which units came along or did not. */
export async function describeCopy(
  knex: Knex,
  pairs: readonly CopyPair[],
  facts: CopyFacts,
  copied: readonly CopiedDestination[],
): Promise<TaskOutcome> {
  const createdResources: string[] = [];
  const destinations: CopyDestinationResult[] = [];
  for (const { made, destination } of copied) {
    const described = await describeOutcome(knex, made);
    createdResources.push(...described.createdResources);
    const { uuid } = pairs[destination.entries[0]].destination;
    destinations.push({
      repository: hrefOf('repository', uuid),
      ...(described.result as Omit<CopyDestinationResult, 'repository'>),
    });
  }
  const ignored = [
    ...new Set(facts.selections.flatMap(selection => selection.ignored)),
  ];
  const rivalries = copied.flatMap(destination => destination.rivalries);
  const result: Omit<CopyResult, 'plan'> = {
    outcome: createdResources.length ? 'created' : 'unchanged',
    destinations,
    counts: {
      ...countCauses(copied),
      missing: facts.closure?.missingCount ?? 0,
      allowed: 0,
      ignored: ignored.length,
      conflicts: rivalries.length,
    },
    ...(await describeUnits(knex, pairs, facts, copied, {
      ignored: ignored.slice(0, NAMED),
      rivalries: rivalries.slice(0, NAMED),
    })),
  };
  return { createdResources, result };
}

function countCauses(copied: readonly CopiedDestination[]) {
  const count = { requested: 0, children: 0, dependencies: 0 };
  for (const { destination } of copied) {
    for (const { cause } of destination.units) {
      if (cause === 'requested') count.requested += 1;
      else if (cause === 'child') count.children += 1;
      else count.dependencies += 1;
    }
  }
  return count;
}

async function describeUnits(
  knex: Knex,
  pairs: readonly CopyPair[],
  facts: CopyFacts,
  copied: readonly CopiedDestination[],
  named: {
    ignored: readonly number[];
    rivalries: readonly Rivalry[];
  },
): Promise<Pick<CopyResult, 'missing' | 'ignored' | 'conflicts' | 'units'>> {
  const explanations = new Explanations(facts);
  const units = firstAdded(copied).map(unit => ({
    unit,
    explanation: explanations.explain(unit.entry, unit.id),
  }));
  const missing = (facts.closure?.missing ?? []).map(problem => ({
    problem,
    explanation: explanations.explainStep(problem.step),
  }));
  const names = await UnitNames.read(knex, [
    ...named.ignored,
    ...named.rivalries.flatMap(({ keptId, leftOutId }) => [keptId, leftOutId]),
    ...units.map(({ unit }) => unit.id),
    ...missing.map(({ problem }) => problem.unit),
    ...[...units, ...missing].flatMap(({ explanation }) =>
      explanation.flatMap(part => ('unitId' in part ? part.unitId : [])),
    ),
  ]);
  return {
    missing: missing.map(({ problem, explanation }) => ({
      requirement: problem.requirement,
      required_by: names.title(problem.unit),
      held: problem.held,
      allowed: false,
      sentence: problem.sentence,
      chain: names.chain(explanation),
    })),
    ignored: names.hrefs(named.ignored),
    conflicts: named.rivalries.map(({ keptId, leftOutId }) => ({
      kept: names.href(keptId),
      left_out: names.href(leftOutId),
      label: names.title(leftOutId),
    })),
    units: units.map(({ unit, explanation }) => ({
      pulp_href: names.href(unit.id),
      label: names.title(unit.id),
      repository: hrefOf('repository', pairs[unit.entry].destination.uuid),
      cause: unit.cause,
      chain: names.chain(explanation),
    })),
  };
}

/** Of the units that are new at their destination the first, those before that nobody named. */
function firstAdded(copied: readonly CopiedDestination[]): PlannedUnit[] {
  const added = copied.flatMap(({ destination, made }) => {
    const isNew = new Set(made.plan.added);
    return destination.units.filter(({ id }) => isNew.has(id));
  });
  return [...CAUSES]
    .reverse()
    .flatMap(cause => added.filter(unit => unit.cause === cause))
    .slice(0, EXPLAINED);
}
