import { listHoldersOfKeys } from '../../database/operations/versions';
import { TaskError } from '../../tasks/errors';
import { describeUnits } from '../describeUnits';
import { replaceByRepoKey } from '../rules/replaceByRepoKey';
import type { Planning } from './Planning';

/**
 * Incoming units take the places of those with the same repository key.
 *
 * @throws TaskError PLP0023 when they may not overwrite
 */
export async function replaceHolders(
  { knex, start, draft, incoming }: Planning,
  overwrite: boolean,
): Promise<void> {
  if (!start) return;
  const holders = await listHoldersOfKeys(knex, start, incoming);
  const replacements = replaceByRepoKey(
    incoming,
    holders.filter(holder => !draft.removed.has(holder.id)),
  );
  if (replacements.length && !overwrite) {
    const ids = replacements.map(({ unitId }) => unitId);
    throw new TaskError(
      'PLP0023',
      `Content overwrite rejected: ${await describeUnits(knex, ids)} ` +
        'would be replaced.',
    );
  }
  for (const { unitId, byUnitId } of replacements) {
    draft.remove(unitId, { kind: 'replaced', byUnitId });
  }
}
