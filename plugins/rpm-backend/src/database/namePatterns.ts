import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { RE2JS, RE2JSException } from 're2js';
import { InvalidInputError } from '../validation';
import { pause } from './pause';
import { resolveFilters, type ResolvedFilter } from './resolveFilters';

/** Names that are compared in one go: some milliseconds, with the most laborious patterns. */
const NAMES_AT_A_TIME = 500;

/** A program is made of a pattern before anything is compared. */
const LONGEST_PATTERN = 500;

/** @throws InvalidInputError naming the filter */
function compile(filter: string, pattern: string, flags: number): RE2JS {
  if (pattern.length > LONGEST_PATTERN) {
    throw InvalidInputError.field(
      filter,
      `Ensure this value has at most ${LONGEST_PATTERN} characters.`,
    );
  }
  try {
    return RE2JS.compile(pattern, flags);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw InvalidInputError.field(filter, 'Enter a valid regular expression.');
  }
}

async function findMatches(
  knex: Knex,
  table: string,
  pattern: RE2JS,
): Promise<ResolvedFilter> {
  const ids: number[] = [];
  let last = 0;
  for (;;) {
    const rows: { id: number; name: string }[] = await knex(table)
      .select('id', 'name')
      .where('id', '>', last)
      .orderBy('id')
      .limit(NAMES_AT_A_TIME);
    for (const { id, name } of rows) {
      if (pattern.matcher(name).find()) ids.push(id);
    }
    if (rows.length < NAMES_AT_A_TIME)
      return { name: 'internal_ids', value: ids };
    last = rows[rows.length - 1].id;
    await pause();
  }
}

/**
 * Finds what the filters `name__regex` and `name__iregex` of a query mean. Patterns are anybody's
 * and may be hostile, so an engine reads them that takes linear time; neither database has one that
 * is safe, nor do they have one language.
 *
 * @param table - with the columns `id` and `name`; thousands of rows, not millions
 * @throws InvalidInputError when a pattern is none
 */
export async function resolveNamePatterns(
  knex: Knex,
  table: string,
  query: ListQuery,
): Promise<ListQuery> {
  const resolver = (filter: string, flags: number) => (pattern: string) =>
    findMatches(knex, table, compile(filter, pattern, flags));
  return resolveFilters(query, {
    name__regex: resolver('name__regex', 0),
    name__iregex: resolver('name__iregex', RE2JS.CASE_INSENSITIVE),
  });
}
