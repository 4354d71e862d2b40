import {
  type FilterExpression,
  type ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import { InvalidInputError } from '../validation';
import { givenFilters } from './filters';

/** The filter that says the same in terms that SQL knows. */
export interface ResolvedFilter {
  name: string;
  value: unknown;
}

/** Looks up what a filter's value means. Its `InvalidInputError` is told of the filter. */
export type FilterResolver = (value: any) => Promise<ResolvedFilter>;

/**
 * Replaces filters that SQL cannot decide, or that name what must be looked up first, wherever they
 * stand in a query.
 *
 * @param resolvers - by the names of the filters' parameters
 * @throws InvalidInputError
 */
export async function resolveFilters(
  query: ListQuery,
  resolvers: Record<string, FilterResolver>,
): Promise<ListQuery> {
  const resolved: FilterExpression[] = [];
  const others: ListQuery = { ...query };
  for (const [name, value] of givenFilters(query)) {
    if (Object.hasOwn(resolvers, name)) {
      resolved.push({ kind: 'filter', ...(await resolvers[name](value)) });
      delete others[name];
    }
  }
  if (query.q) {
    try {
      resolved.push(await resolveExpression(query.q, resolvers));
    } catch (error) {
      throw asFaultOfExpression(error);
    }
  }
  return {
    ...others,
    q: resolved.length ? { kind: 'and', expressions: resolved } : undefined,
  };
}

async function resolveExpression(
  expression: FilterExpression,
  resolvers: Record<string, FilterResolver>,
): Promise<FilterExpression> {
  if (expression.kind === 'filter') {
    const { name, value } = expression;
    return Object.hasOwn(resolvers, name)
      ? { kind: 'filter', ...(await resolvers[name](value)) }
      : expression;
  }
  if (expression.kind === 'not') {
    const inner = await resolveExpression(expression.expression, resolvers);
    return { kind: 'not', expression: inner };
  }
  const expressions: FilterExpression[] = [];
  for (const one of expression.expressions) {
    expressions.push(await resolveExpression(one, resolvers));
  }
  return { kind: expression.kind, expressions };
}

/** The parameter at fault is then `q`, whichever filter in it. */
function asFaultOfExpression(error: unknown): unknown {
  if (!(error instanceof InvalidInputError)) return error;
  return InvalidInputError.field(
    'q',
    ...Object.entries(error.body).map(([name, why]) => `${name}: ${why}`),
  );
}
