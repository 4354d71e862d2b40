import type { CompsUnit } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { toCompsDraft } from '../../../content-units/compsDraft';
import { insertDetails } from './insertDetails';
import { saveUnits } from './saveUnits';

/**
 * Creates the groups, categories, environments and langpacks that are new and finds those that
 * exist.
 *
 * @returns the unit ids in the order given; see {@link saveUnits}
 */
export async function saveComps(
  knex: Knex,
  units: readonly CompsUnit[],
): Promise<number[]> {
  return saveUnits(knex, units.map(toCompsDraft), (trx, created) =>
    insertDetails(
      trx,
      'rpm_comps',
      created.map(({ unitId, draft }) => ({
        unit_id: unitId,
        ...draft.columns,
      })),
    ),
  );
}
