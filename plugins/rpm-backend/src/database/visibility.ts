import type { Knex } from 'knex';
import type { Visibility } from '../permissions/AccessControl';

/** Narrows a list query to what its caller may see. */
export function whereVisible(
  query: Knex.QueryBuilder,
  idColumn: string,
  visible: Visibility,
): void {
  if (visible !== 'all') query.whereIn(idColumn, visible.ids);
}
