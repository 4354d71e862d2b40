import type { Advisory } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { toAdvisoryDraft } from '../../../content-units/advisoryDraft';
import { insertDetails } from './insertDetails';
import { saveUnits } from './saveUnits';

/**
 * Creates the advisories that are new and finds those that exist.
 *
 * @param createdIds - gets the ids of those that are new
 * @returns the unit ids in the order given; see {@link saveUnits}
 */
export async function saveAdvisories(
  knex: Knex,
  advisories: readonly Advisory[],
  createdIds?: Set<number>,
): Promise<number[]> {
  const drafts = advisories.map(toAdvisoryDraft);
  return saveUnits(
    knex,
    drafts,
    (trx, created) =>
      insertDetails(
        trx,
        'rpm_advisory',
        created.map(({ unitId, draft }) => ({
          unit_id: unitId,
          ...draft.columns,
        })),
      ),
    createdIds,
  );
}
