import {
  readUnitFacts,
  type ModuleMapping,
} from '../../database/operations/versions';
import { TaskError } from '../../tasks/errors';
import { describeModularLosses } from '../describeModularLosses';
import { findLostArtifacts } from '../rules/findLostArtifacts';
import type { ModularRemoval } from '../types';
import type { RemovalReason } from '../versionTypes';
import type { Planning } from './Planning';
import { listPresentMappings } from './presentMappings';

/** The units that leave because somebody asked for just that. */
export function requestedRemovals(
  removed: Iterable<readonly [number, RemovalReason]>,
): number[] {
  const ids: number[] = [];
  for (const [id, { kind }] of removed) if (kind === 'requested') ids.push(id);
  return ids;
}

/**
 * What is to be told of packages that were to be removed and that modules of the draft name.
 *
 * @param removed - unit ids that somebody asked to remove
 * @throws TaskError RPM0013 when the repository refuses that
 */
export async function judgeModularRemovals(
  planning: Planning,
  removed: readonly number[],
  policy: ModularRemoval,
): Promise<ModuleMapping[]> {
  if (policy === 'allow') return [];
  const present = await listPresentMappings(planning, removed);
  if (!present.length) return [];
  const { knex, draft, incoming } = planning;
  const leaving = await readUnitFacts(knex, [
    ...new Set(present.map(({ packageId }) => packageId)),
  ]);
  const lost = findLostArtifacts(
    present,
    leaving,
    incoming.filter(({ id }) => draft.added.has(id)),
  );
  if (lost.length && policy === 'reject') {
    throw new TaskError(
      'RPM0013',
      'The repository refuses to remove packages of modules that stay: ' +
        `${await describeModularLosses(knex, lost)}.`,
    );
  }
  return lost;
}
