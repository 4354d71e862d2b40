import { InputError } from '@backstage/errors';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { parseReference } from '../identifiers';

/** One page of rows and how many there are in all. */
export interface RowPage<T> {
  count: number;
  rows: T[];
}

/** An `ordering` value that is not on offer; the API names the parameter. */
export class InvalidOrderingError extends InputError {}

/**
 * Reads `ordering`.
 *
 * @param columns - what may be named
 * @throws InvalidOrderingError
 */
export function orderTerms(
  ordering: readonly string[],
  columns: Record<string, string>,
): { column: string; order: 'asc' | 'desc' }[] {
  return ordering.map(term => {
    const descending = term.startsWith('-');
    const name = descending ? term.slice(1) : term;
    if (!Object.hasOwn(columns, name)) {
      throw new InvalidOrderingError(
        `Select a valid choice. ${term} is not one of the available choices.`,
      );
    }
    return { column: columns[name], order: descending ? 'desc' : 'asc' };
  });
}

/** The UUIDs that `pulp_href__in` and `prn__in` name; what is no reference names nothing. */
export function namedUuids(filters: ListQuery): string[][] {
  const lists = [filters.pulp_href__in, filters.prn__in];
  return lists.flatMap(names =>
    names
      ? [
          names.flatMap(name => {
            const reference = parseReference(name);
            return reference && 'uuid' in reference ? reference.uuid : [];
          }),
        ]
      : [],
  );
}

/**
 * Runs a list query for one page: counts, narrows to `pulp_href__in` and `prn__in`, orders (newest
 * first by default, which is by descending id) and cuts.
 *
 * @param table - the table with `id` and `uuid`
 * @param columns - what may be named in `ordering`, besides `pk` and `pulp_created`
 * @param selected - which columns to read; all of the table when absent
 */
export async function listPage<T extends {}>(
  query: Knex.QueryBuilder,
  filters: ListQuery,
  table: string,
  columns: Record<string, string> = {},
  selected: readonly string[] = [`${table}.*`],
): Promise<RowPage<T>> {
  const id = `${table}.id`;
  for (const uuids of namedUuids(filters)) {
    query.whereIn(`${table}.uuid`, uuids);
  }
  const order = orderTerms(filters.ordering ?? [], {
    pk: id,
    pulp_created: id,
    ...columns,
  });
  const [{ count }] = await query.clone().clearSelect().count({ count: id });
  const rows: T[] = await query
    .select(...selected)
    .orderBy([...order, { column: id, order: 'desc' }])
    .limit(filters.limit)
    .offset(filters.offset);
  return { count: Number(count), rows };
}
