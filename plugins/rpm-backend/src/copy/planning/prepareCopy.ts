import type { Knex } from 'knex';
import type { HeldUnit, ModuleCompanion } from '../../database/operations/copy';
import type { RepositoryRecord, VersionRecord } from '../../repository';
import {
  versionKey,
  type SolvedClosure,
  type SolverService,
} from '../../solving';
import type { TaskContext } from '../../tasks/types';
import { expandSelection } from '../selection/expandSelection';
import type { Selection } from '../selection/Selection';
import { VersionView } from '../selection/VersionView';
import type { CopyFacts } from './planDestinations';

/** As many missing requirements as are told one by one; all are counted. */
const NAMED_MISSING = 1000;

/** One pair of a copy, with its records. */
export interface CopyPair {
  source: VersionRecord;
  destination: RepositoryRecord;
  base: VersionRecord | undefined;
  /** The base version, else the destination's latest. */
  start: VersionRecord;
  /** Unit ids; everything in the source when undefined. */
  content: number[] | undefined;
}

/** How dependencies are dealt with. */
export interface SolvingOptions {
  dependencySolving: boolean;
  dependencyUpgrade: boolean;
}

/** Finds out all that decides what a copy comes to; writes nothing. */
export async function prepareCopy(
  services: { knex: Knex; solver: SolverService },
  context: TaskContext,
  pairs: readonly CopyPair[],
  options: SolvingOptions,
): Promise<CopyFacts> {
  const views = pairs.map(
    ({ source }) =>
      new VersionView({
        knex: services.knex,
        content: source,
        signal: context.signal,
      }),
  );
  const selections: Selection[] = [];
  for (const [index, { content }] of pairs.entries()) {
    selections.push(await expandSelection(views[index], content));
  }
  const closure = options.dependencySolving
    ? await solve(services, context, pairs, selections, options)
    : undefined;
  const companions: ModuleCompanion[][] = [];
  for (const [index, view] of views.entries()) {
    const modules = (closure?.entries[index].added ?? []).flatMap(added =>
      added.kind === 'module' ? added.unit : [],
    );
    companions.push(await view.findCompanions(modules));
  }
  return {
    destinationIds: pairs.map(({ destination }) => destination.id),
    selections,
    closure,
    companions,
  };
}

async function solve(
  { solver }: { solver: SolverService },
  context: TaskContext,
  pairs: readonly CopyPair[],
  selections: readonly Selection[],
  { dependencyUpgrade }: SolvingOptions,
): Promise<SolvedClosure | undefined> {
  const requested = selections.map(({ requested: asked, children }) =>
    [...asked, ...children].filter(isSolvable).map(({ id }) => id),
  );
  if (requested.every(units => !units.length)) return undefined;
  const versions = new Map(
    pairs.flatMap(({ source, start }) =>
      [source, start].map(version => [version.id, version]),
    ),
  );
  return solver.solveCopy(context, [...versions.values()], {
    entries: pairs.map(({ source, start }, index) => ({
      id: String(index),
      source: versionKey(source),
      destination: versionKey(start),
      requested: requested[index],
    })),
    dependencyUpgrade,
    keptMissing: NAMED_MISSING,
    allowMissing: [],
  });
}

function isSolvable({ type }: HeldUnit): boolean {
  return type === 'rpm.package' || type === 'rpm.modulemd';
}
