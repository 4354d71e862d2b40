import type { Knex } from 'knex';
import {
  COLUMN_END,
  ROW_END,
  SOLVER_COLUMNS,
} from '../../../content-units/solverPackage';
import { whereAmong } from '../../idSets';

/**
 * What the solver needs of packages, all rows as one text that `unpackSolverPackages` reads, best in
 * a worker thread. Drivers make an object of each row and a text of each column, and each of these
 * would be copied when it passes between threads.
 *
 * @param ids - some hundreds, so that the statement does not last long; those that do not exist are
 * left out
 */
export async function packSolverPackages(
  knex: Knex,
  ids: readonly number[],
): Promise<string> {
  const query = knex('rpm_package as package')
    .join('rpm_package_relations as relations', {
      'relations.unit_id': 'package.unit_id',
    })
    .join('rpm_package_extras as extras', {
      'extras.unit_id': 'package.unit_id',
    })
    .select(
      knex.raw(
        `string_agg(concat_ws(cast(? as text), ${SOLVER_COLUMNS.map(
          () => '??',
        ).join(', ')}), cast(? as text)) as packed`,
        [COLUMN_END, ...SOLVER_COLUMNS, ROW_END],
      ),
    );
  whereAmong(knex, query, 'package.unit_id', ids);
  const [{ packed }] = await query;
  return packed ?? '';
}
