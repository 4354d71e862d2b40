import type { Knex } from 'knex';
import {
  toDistributionTreeDraft,
  type RemoteTree,
} from '../../../content-units/distributionTreeDraft';
import { insertDetails } from '../content-units/insertDetails';
import { saveUnits } from '../content-units/saveUnits';

/**
 * Creates a tree, or finds it; where its files are and their bytes are recorded apart.
 *
 * @returns the unit's id; see {@link saveUnits}
 */
export async function saveDistributionTree(
  knex: Knex,
  tree: RemoteTree,
): Promise<number> {
  const draft = toDistributionTreeDraft(tree);
  const [unitId] = await saveUnits(knex, [draft], async (trx, created) => {
    for (const { unitId: id, draft: saved } of created) {
      const withId = (row: object) => ({ unit_id: id, ...row });
      await trx('rpm_distribution_tree').insert(withId(saved.columns));
      await insertDetails(
        trx,
        'rpm_distribution_tree_file',
        saved.files.map(withId),
      );
      await insertDetails(
        trx,
        'rpm_distribution_tree_repository',
        saved.repositories.map(withId),
      );
    }
  });
  return unitId;
}
