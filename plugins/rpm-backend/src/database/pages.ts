import { InputError } from '@backstage/errors';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { applyFilters, type FilteredList } from './filters';

/** One page of rows and how many there are in all. */
export interface RowPage<T> {
  count: number;
  rows: T[];
}

/** An `ordering` value that is not on offer; the API names the parameter. */
export class InvalidOrderingError extends InputError {}

/**
 * Orders a query by what `ordering` names, nulls last (first when descending), then newest first.
 *
 * @param columns - what may be named besides `pk` and `pulp_created`
 * @throws InvalidOrderingError
 */
export function orderBy(
  query: Knex.QueryBuilder,
  ordering: readonly string[] | undefined,
  id: string,
  columns: Record<string, string | Knex.Raw>,
): void {
  const known: Record<string, string | Knex.Raw> = {
    pk: id,
    pulp_created: id,
    ...columns,
  };
  for (const term of ordering ?? []) {
    const descending = term.startsWith('-');
    const name = descending ? term.slice(1) : term;
    if (!Object.hasOwn(known, name)) {
      throw new InvalidOrderingError(
        `Select a valid choice. ${term} is not one of the available choices.`,
      );
    }
    const column = known[name];
    const place = typeof column === 'string' ? '??' : '?';
    // Where nulls go is what PostgreSQL does by itself, so that it can use its indexes.
    query.orderByRaw(
      `${place} ${descending ? 'desc nulls first' : 'asc nulls last'}`,
      [column],
    );
  }
  query.orderBy(id, 'desc');
}

/**
 * Runs a list query for one page: filters, counts, orders (newest first by default, which is by
 * descending id) and cuts.
 *
 * @param selected - which columns to read; all of the table when absent
 */
export async function listPage<T extends {}>(
  knex: Knex,
  query: Knex.QueryBuilder,
  filters: ListQuery,
  list: FilteredList,
  selected: readonly string[] = [`${list.table}.*`],
): Promise<RowPage<T>> {
  const { table, columns, ordered } = list;
  const id = `${table}.id`;
  applyFilters(knex, query, filters, list);
  const page = query.clone().select(...selected);
  orderBy(page, filters.ordering, id, { ...columns, ...ordered });
  page.limit(filters.limit).offset(filters.offset);
  const [{ count }] = await query.clone().clearSelect().count({ count: id });
  return { count: Number(count), rows: (await page) as T[] };
}
