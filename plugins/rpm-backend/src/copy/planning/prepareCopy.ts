import type { Knex } from 'knex';
import type { HeldUnit, ModuleCompanion } from '../../database/operations/copy';
import { mapPending } from '../../modulemd-map';
import type { RepositoryRecord, VersionRecord } from '../../repository';
import type { SolverQuestion } from '../../plan';
import { versionKey, type SolverService } from '../../solving';
import type { TaskContext } from '../../tasks/types';
import { expandSelection } from '../selection/expandSelection';
import { withChildren, type Selection } from '../selection/Selection';
import { VersionView } from '../selection/VersionView';
import type { CopyOptions } from '../types';
import {
  chooseModules,
  findUnaccompanied,
  type Unaccompanied,
} from './modularPackages';
import type { CopyFacts } from './planDestinations';

/** As many missing requirements as a plan tells one by one; all are counted. */
const NAMED_MISSING = 10_000;

/** One pair of a copy, with its records. */
export interface CopyPair {
  source: VersionRecord;
  destination: RepositoryRecord;
  base: VersionRecord | undefined;
  /** The destination's latest version. */
  latest: VersionRecord;
  /** The base version, else the latest one. */
  start: VersionRecord;
  /** Unit ids; everything in the source when undefined. */
  content: number[] | undefined;
}

/** How dependencies and modules are dealt with. */
export type SolvingOptions = Pick<
  CopyOptions,
  | 'dependencySolving'
  | 'dependencyUpgrade'
  | 'weakDependencies'
  | 'sourceRequires'
  | 'architectures'
  | 'allowMissing'
  | 'modularPackages'
>;

/** Finds out all that decides what a copy comes to; writes nothing but rows that the map lacks. */
export async function prepareCopy(
  services: { knex: Knex; solver: SolverService },
  context: TaskContext,
  pairs: readonly CopyPair[],
  options: SolvingOptions,
): Promise<CopyFacts> {
  await mapPending(services.knex, { signal: context.signal });
  const views = pairs.map(
    ({ source }) =>
      new VersionView({
        knex: services.knex,
        content: source,
        signal: context.signal,
      }),
  );
  const selecting = context.progress(
    'copy.selecting',
    'Selecting Units',
    pairs.length,
  );
  let selections: Selection[] = [];
  for (const [index, { content }] of pairs.entries()) {
    selections.push(await expandSelection(views[index], content));
    selecting.advance();
  }
  let unaccompanied: Unaccompanied[] = [];
  if (options.modularPackages !== 'with-module') {
    unaccompanied = await findUnaccompanied(services.knex, pairs, selections);
  } else if (!options.dependencySolving) {
    selections = await bringModules(services.knex, pairs, selections, views);
  }
  selecting.finish();
  const question = options.dependencySolving
    ? askSolver(pairs, selections, options)
    : undefined;
  const closure =
    question &&
    (await services.solver.solveCopy(context, versionsOf(pairs), {
      ...question,
      allowMissing: options.allowMissing,
      keptMissing: NAMED_MISSING,
    }));
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
    unaccompanied,
    question,
    closure,
    companions,
  };
}

/** Adds modules of packages that would come without, and what says something about them. */
async function bringModules(
  knex: Knex,
  pairs: readonly CopyPair[],
  selections: readonly Selection[],
  views: readonly VersionView[],
): Promise<Selection[]> {
  const lonely = await findUnaccompanied(knex, pairs, selections);
  const chosen = chooseModules(lonely, pairs);
  const grown: Selection[] = [];
  for (const [index, selection] of selections.entries()) {
    const modules = chosen.filter(({ entry }) => entry === index);
    const companions = await views[index].findCompanions(
      modules.map(({ modulemdId }) => modulemdId),
    );
    grown.push(
      withChildren(selection, [
        ...modules.map(({ modulemdId, packageId }) => ({
          id: modulemdId,
          type: 'rpm.modulemd' as const,
          parentId: packageId,
          relation: 'module' as const,
        })),
        ...companions.map(({ unitId, type, modulemdId }) => ({
          id: unitId,
          type,
          parentId: modulemdId,
          relation: 'companion' as const,
        })),
      ]),
    );
  }
  return grown;
}

function versionsOf(pairs: readonly CopyPair[]): VersionRecord[] {
  const versions = pairs.flatMap(({ source, start }) => [source, start]);
  return [...new Map(versions.map(version => [version.id, version])).values()];
}

/** Undefined when nothing was asked for that has requirements. */
function askSolver(
  pairs: readonly CopyPair[],
  selections: readonly Selection[],
  options: SolvingOptions,
): SolverQuestion | undefined {
  const requested = selections.map(({ requested: asked, children }) =>
    [...asked, ...children].filter(isSolvable).map(({ id }) => id),
  );
  if (requested.every(units => !units.length)) return undefined;
  return {
    entries: pairs.map(({ source, start }, index) => ({
      id: String(index),
      source: versionKey(source),
      destination: versionKey(start),
      requested: requested[index],
    })),
    dependencyUpgrade: options.dependencyUpgrade,
    weakDependencies: options.weakDependencies,
    sourceRequires: options.sourceRequires,
    architectures: options.architectures,
  };
}

function isSolvable({ type }: HeldUnit): boolean {
  return type === 'rpm.package' || type === 'rpm.modulemd';
}
