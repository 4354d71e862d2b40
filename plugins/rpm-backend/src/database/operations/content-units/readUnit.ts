import type { Knex } from 'knex';
import type { UnitRecord } from '../../../content-units/types';
import type { Visibility } from '../../../permissions/AccessControl';
import type { DbUnitRow } from '../../tables';
import { toUnitRecord } from './unitRows';

/** Narrows to units that are, or once were, in a repository that the caller may see. */
export function whereUnitVisible(
  knex: Knex,
  query: Knex.QueryBuilder,
  id: string,
  visible: Visibility,
): void {
  if (visible === 'all') return;
  query.whereExists(
    knex('repository_content as shown')
      .select(knex.raw('1'))
      .whereRaw('shown.unit_id = ??', [id])
      .whereIn('shown.repository_id', visible.ids),
  );
}

/** The unit, or undefined when there is none of that type or the caller may not see it. */
export async function readUnit(
  knex: Knex,
  key: Pick<DbUnitRow, 'type' | 'uuid'>,
  visible: Visibility,
): Promise<UnitRecord | undefined> {
  const query = knex<DbUnitRow>('unit').where(key).first();
  whereUnitVisible(knex, query, 'unit.id', visible);
  const row: DbUnitRow | undefined = await query;
  return row && toUnitRecord(row);
}
