import type { Knex } from 'knex';
import type { UnitRecord } from '../../../content-units/types';
import type { Visibility } from '../../../permissions/AccessControl';
import type { DbUnitRow } from '../../tables';
import { toUnitRecord } from './unitRows';

/**
 * Narrows to units that are, or once were, in a repository that the caller may see, and to those that
 * the caller has uploaded.
 */
export function whereUnitVisible(
  knex: Knex,
  query: Knex.QueryBuilder,
  id: string,
  visible: Visibility,
): void {
  if (visible === 'all') return;
  const { ids, user } = visible;
  query.where(either => {
    either.whereExists(
      knex('repository_content as shown')
        .select(knex.raw('1'))
        .whereRaw('shown.unit_id = ??', [id])
        .whereIn('shown.repository_id', ids),
    );
    if (user === undefined) return;
    either.orWhereExists(
      knex('unit_uploader as uploaded')
        .select(knex.raw('1'))
        .whereRaw('uploaded.unit_id = ??', [id])
        .where('uploaded.user_ref', user),
    );
  });
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

/** The unit with an internal id, whoever may see it. */
export async function readUnitById(
  knex: Knex,
  id: number,
): Promise<UnitRecord | undefined> {
  const row = await knex<DbUnitRow>('unit').where({ id }).first();
  return row && toUnitRecord(row);
}

/** The internal id of the unit with this identity, if there is one. */
export async function findUnitId(
  knex: Knex,
  identity: Pick<DbUnitRow, 'type' | 'digest'>,
): Promise<number | undefined> {
  const row = await knex<DbUnitRow>('unit')
    .select('id')
    .where(identity)
    .first();
  return row?.id;
}
