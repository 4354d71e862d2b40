import type { Knex } from 'knex';
import {
  findHeldUnits,
  listModuleArtifacts,
} from '../../database/operations/copy';
import type { CopyFacts } from './planDestinations';
import type { PlannedDestination } from './planVersions';
import type { CopyPair } from './prepareCopy';

/** A module that is new at a destination, which will not have all that it names. */
export interface IncompleteModule {
  destinationUuid: string;
  modulemdId: number;
  /** How many packages it names to be installed. */
  total: number;
  /** Those that the destination will not have: NEVRA with epoch. */
  absent: string[];
}

/** Compares the modules of a copy with what their destinations become. */
export async function findIncompleteModules(
  knex: Knex,
  pairs: readonly CopyPair[],
  facts: Pick<CopyFacts, 'selections' | 'closure'>,
  planned: readonly PlannedDestination[],
): Promise<IncompleteModule[]> {
  const incomplete: IncompleteModule[] = [];
  for (const { destination, change } of planned) {
    const added = new Set(change.plan.added);
    const artifacts = await listModuleArtifacts(
      knex,
      modulesOf(facts, destination.entries).filter(id => added.has(id)),
    );
    const { latest } = pairs[destination.entries[0]];
    const held = await findHeldUnits(
      knex,
      latest,
      artifacts.flatMap(({ packageIds }) => packageIds),
    );
    const removed = new Set(change.plan.removed.map(({ unitId }) => unitId));
    const isThere = (id: number) =>
      added.has(id) || (held.has(id) && !removed.has(id));
    const byModule = new Map<number, IncompleteModule>();
    for (const { modulemdId, nevra, packageIds } of artifacts) {
      const module = byModule.get(modulemdId) ?? {
        destinationUuid: change.repositoryUuid,
        modulemdId,
        total: 0,
        absent: [],
      };
      byModule.set(modulemdId, module);
      module.total += 1;
      if (!packageIds.some(isThere)) module.absent.push(nevra);
    }
    for (const module of byModule.values()) {
      if (module.absent.length) incomplete.push(module);
    }
  }
  return incomplete;
}

function modulesOf(
  { selections, closure }: Pick<CopyFacts, 'selections' | 'closure'>,
  entries: readonly number[],
): number[] {
  const modules = entries.flatMap(entry => [
    ...[...selections[entry].requested, ...selections[entry].children].flatMap(
      ({ id, type }) => (type === 'rpm.modulemd' ? id : []),
    ),
    ...(closure?.entries[entry].added ?? []).flatMap(({ unit, kind }) =>
      kind === 'module' ? unit : [],
    ),
  ]);
  return [...new Set(modules)];
}
