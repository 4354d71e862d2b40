import type { Knex } from 'knex';
import { findHeldUnits } from '../../database/operations/copy';
import { readModules } from '../../database/operations/modules';
import { listMappingModules } from '../../database/operations/versions';
import { sortBuilds } from '../../modulemd-map/modules/sortBuilds';
import type { Selection } from '../selection/Selection';
import type { CopyPair } from './prepareCopy';

/** A package that is copied without any of its modules, and usable with one of them only. */
export interface Unaccompanied {
  /** Position of the entry that brings it. */
  entry: number;
  packageId: number;
  /** Those of its modules that the source holds: by name and stream, the newest build first. */
  modulemdIds: readonly number[];
}

/** A module that makes a package usable. */
export interface ChosenModule {
  entry: number;
  modulemdId: number;
  /** The first package that needs it. */
  packageId: number;
}

/**
 * Finds packages of which the source has a module, that are to be copied to where none of their
 * modules is or goes. Looks at what is selected, not at what is needed by it: the solver brings
 * packages together with their modules.
 */
export async function findUnaccompanied(
  knex: Knex,
  pairs: readonly CopyPair[],
  selections: readonly Selection[],
): Promise<Unaccompanied[]> {
  const lonely: Unaccompanied[] = [];
  for (const [
    entry,
    { source, start, destination, content },
  ] of pairs.entries()) {
    // Who copies everything copies the modules, too.
    if (!content) continue;
    const mappings = await listMappingModules(
      knex,
      idsOf(selections[entry], 'rpm.package'),
    );
    const modules = [...new Set(mappings.map(({ modulemdId }) => modulemdId))];
    const there = new Set((await findHeldUnits(knex, start, modules)).keys());
    pairs.forEach((other, position) => {
      if (other.destination.id !== destination.id) return;
      for (const id of idsOf(selections[position], 'rpm.modulemd')) {
        there.add(id);
      }
    });
    const builds = await readModules(knex, modules, {
      versions: [source],
      visible: 'all',
    });
    const order = sortBuilds(builds).map(({ id }) => id);
    const modulesOf = new Map<number, Set<number>>();
    for (const { packageId, modulemdId } of mappings) {
      modulesOf.set(
        packageId,
        (modulesOf.get(packageId) ?? new Set()).add(modulemdId),
      );
    }
    for (const [packageId, its] of modulesOf) {
      const modulemdIds = order.filter(id => its.has(id));
      const isAccompanied = [...its].some(id => there.has(id));
      if (modulemdIds.length && !isAccompanied) {
        lonely.push({ entry, packageId, modulemdIds });
      }
    }
  }
  return lonely;
}

/** Chooses as few of their modules as a look at one package after the other finds, newest builds. */
export function chooseModules(
  lonely: readonly Unaccompanied[],
  pairs: readonly Pick<CopyPair, 'destination'>[],
): ChosenModule[] {
  const chosen: ChosenModule[] = [];
  for (const { entry, packageId, modulemdIds } of lonely) {
    const isAccompanied = chosen.some(
      module =>
        pairs[module.entry].destination.id === pairs[entry].destination.id &&
        modulemdIds.includes(module.modulemdId),
    );
    if (!isAccompanied) {
      chosen.push({ entry, packageId, modulemdId: modulemdIds[0] });
    }
  }
  return chosen;
}

function idsOf(
  { requested, children }: Selection,
  type: 'rpm.package' | 'rpm.modulemd',
): number[] {
  return [...requested, ...children].flatMap(unit =>
    unit.type === type ? unit.id : [],
  );
}
