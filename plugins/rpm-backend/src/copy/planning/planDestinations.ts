import type { CopyCause } from '@rpmportal/backstage-plugin-rpm-common';
import type { ModuleCompanion } from '../../database/operations/copy';
import type { Selection } from '../selection/Selection';
import type { SolverQuestion } from '../../plan';
import type { SolvedClosure } from '../../solving';
import type { Unaccompanied } from './modularPackages';

/** The stronger a cause the further in front. */
export const CAUSES: readonly CopyCause[] = [
  'requested',
  'child',
  'dependency',
];

/** A unit on its way into a destination. */
export interface PlannedUnit {
  id: number;
  cause: CopyCause;
  /** Position of the entry that brings it. */
  entry: number;
}

/** What is copied into one repository, all by one version. */
export interface DestinationPlan {
  destinationId: number;
  /** Positions of the entries that feed it. */
  entries: number[];
  /** Each once, requested ones first. Some may be there already. */
  units: PlannedUnit[];
}

/** All that decides what goes where; the lists are by position of the entry. */
export interface CopyFacts {
  destinationIds: readonly number[];
  selections: readonly Selection[];
  /** To be told, or a reason to fail: packages that come without their modules. */
  unaccompanied: readonly Unaccompanied[];
  /** What the solver was asked; undefined when dependencies are not looked at. */
  question: SolverQuestion | undefined;
  /** Its answer. */
  closure: SolvedClosure | undefined;
  /** What says something about modules that are dependencies. */
  companions: readonly (readonly ModuleCompanion[])[];
}

/** Puts together what each destination gets, in the order in which entries name them first. */
export function planDestinations(facts: CopyFacts): DestinationPlan[] {
  const entriesOf = new Map<number, number[]>();
  facts.destinationIds.forEach((id, entry) => {
    entriesOf.set(id, [...(entriesOf.get(id) ?? []), entry]);
  });
  return [...entriesOf].map(([destinationId, entries]) => {
    const units = new Map<number, PlannedUnit>();
    for (const cause of CAUSES) {
      for (const entry of entries) {
        for (const id of unitsOf(facts, entry, cause)) {
          if (!units.has(id)) units.set(id, { id, cause, entry });
        }
      }
    }
    return { destinationId, entries, units: [...units.values()] };
  });
}

function unitsOf(facts: CopyFacts, entry: number, cause: CopyCause): number[] {
  switch (cause) {
    case 'requested':
      return facts.selections[entry].requested.map(({ id }) => id);
    case 'child':
      return facts.selections[entry].children.map(({ id }) => id);
    default:
      return [
        ...(facts.closure?.entries[entry].added ?? []).map(({ unit }) => unit),
        ...(facts.companions[entry] ?? []).map(({ unitId }) => unitId),
      ];
  }
}
