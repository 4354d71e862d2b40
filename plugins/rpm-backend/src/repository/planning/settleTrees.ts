import { listHoldersOfKeys } from '../../database/operations/versions';
import { TaskError } from '../../tasks/errors';
import { describeUnits } from '../describeUnits';
import type { Planning } from './Planning';

/**
 * A version has one distribution tree: one that comes in takes the place of the one that is there.
 *
 * @throws TaskError RPM0002 when several come in
 */
export async function settleTrees({
  knex,
  start,
  draft,
  incoming,
}: Planning): Promise<void> {
  const trees = incoming.filter(({ type }) => type === 'rpm.distribution_tree');
  if (!trees.length) return;
  if (trees.length > 1) {
    const ids = trees.map(({ id }) => id);
    throw new TaskError(
      'RPM0002',
      `A repository version can have only one distribution tree, not ${
        trees.length
      }: ${await describeUnits(knex, ids)}.`,
    );
  }
  const present = start ? await listHoldersOfKeys(knex, start, trees) : [];
  for (const { id } of present) {
    if (!draft.removed.has(id)) {
      draft.remove(id, { kind: 'replaced', byUnitId: trees[0].id });
    }
  }
}
