import type { Knex } from 'knex';
import { readUnitLabels } from '../database/operations/versions';
import { hrefOf } from '../identifiers';
import { describeOutcome, type VersionOutcome } from '../repository';
import type { TaskOutcome } from '../tasks/types';
import { describeExplanation, titleOf, unitsIn } from './describeExplanation';
import { Explanations, type ExplanationPart } from './planning/Explanations';
import {
  CAUSES,
  type CopyFacts,
  type DestinationPlan,
  type PlannedUnit,
} from './planning/planDestinations';
import type { CopyPair } from './planning/prepareCopy';
import type { Rivalry } from './planning/settleRivals';

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
  const destinations: object[] = [];
  for (const { made, destination } of copied) {
    const described = await describeOutcome(knex, made);
    createdResources.push(...described.createdResources);
    const { uuid } = pairs[destination.entries[0]].destination;
    destinations.push({
      repository: hrefOf('repository', uuid),
      ...(described.result as object),
    });
  }
  const ignored = [
    ...new Set(facts.selections.flatMap(selection => selection.ignored)),
  ];
  const rivalries = copied.flatMap(destination => destination.rivalries);
  return {
    createdResources,
    result: {
      outcome: createdResources.length ? 'created' : 'unchanged',
      destinations,
      counts: {
        ...countCauses(copied),
        missing: facts.closure?.missingCount ?? 0,
        ignored: ignored.length,
        conflicts: rivalries.length,
      },
      ...(await describeUnits(knex, pairs, facts, copied, {
        ignored: ignored.slice(0, NAMED),
        rivalries: rivalries.slice(0, NAMED),
      })),
    },
  };
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
): Promise<object> {
  const explanations = new Explanations(facts);
  const units = firstAdded(copied).map(unit => ({
    unit,
    explanation: explanations.explain(unit.entry, unit.id),
  }));
  const missing = (facts.closure?.missing ?? []).map(problem => ({
    problem,
    explanation: explanations.explainStep(problem.step),
  }));
  const labels = await readLabels(knex, [
    ...named.ignored,
    ...named.rivalries.flatMap(({ keptId, leftOutId }) => [keptId, leftOutId]),
    ...units.map(({ unit }) => unit.id),
    ...[...units, ...missing].flatMap(({ explanation }) =>
      unitsIn(explanation),
    ),
    ...missing.map(({ problem }) => problem.unit),
  ]);
  const hrefOfUnit = (id: number) => {
    const unit = labels.get(id);
    return unit && hrefOf(unit.type, unit.uuid);
  };
  const nameOf = (id: number) => {
    const unit = labels.get(id);
    return unit && titleOf(unit);
  };
  const chain = (explanation: readonly ExplanationPart[]) =>
    describeExplanation(explanation, labels);
  return {
    missing: missing.map(({ problem, explanation }) => ({
      requirement: problem.requirement,
      required_by: nameOf(problem.unit),
      held: problem.held,
      sentence: problem.sentence,
      chain: chain(explanation),
    })),
    ignored: named.ignored.map(hrefOfUnit),
    conflicts: named.rivalries.map(({ keptId, leftOutId }) => ({
      kept: hrefOfUnit(keptId),
      left_out: hrefOfUnit(leftOutId),
      label: nameOf(leftOutId),
    })),
    units: units.map(({ unit, explanation }) => ({
      pulp_href: hrefOfUnit(unit.id),
      label: nameOf(unit.id),
      repository: hrefOf('repository', pairs[unit.entry].destination.uuid),
      cause: unit.cause,
      chain: chain(explanation),
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

async function readLabels(knex: Knex, ids: readonly number[]) {
  const labels = await readUnitLabels(knex, [...new Set(ids)]);
  return new Map(labels.map(unit => [unit.id, unit]));
}
