import { z } from 'zod';
import type { FilterExpression } from './filterExpression';
import {
  commaList,
  filterExpression,
  instant,
  instantRange,
  labelSelect,
  numberRange,
  protectionTime,
  references,
  trueOrFalse,
  uuidList,
  wholeNumber,
} from './filterValues';

/** A thousand packages with all their files are some 20 MB. */
const LONGEST_PAGE = 1_000;

const FAMILIES = {
  exact: { '': z.string() },
  choice: { '': z.string(), in: commaList, ne: z.string() },
  exactOrIn: { '': z.string(), in: commaList },
  text: {
    '': z.string(),
    in: commaList,
    ne: z.string(),
    contains: z.string(),
    startswith: z.string(),
  },
  path: {
    '': z.string(),
    in: commaList,
    contains: z.string(),
    icontains: z.string(),
  },
  name: {
    '': z.string(),
    iexact: z.string(),
    in: commaList,
    contains: z.string(),
    icontains: z.string(),
    startswith: z.string(),
    istartswith: z.string(),
    regex: z.string(),
    iregex: z.string(),
  },
  datetime: {
    '': instant,
    lt: instant,
    lte: instant,
    gt: instant,
    gte: instant,
    range: instantRange,
    isnull: trueOrFalse,
  },
  number: {
    '': wholeNumber,
    lt: wholeNumber,
    lte: wholeNumber,
    gt: wholeNumber,
    gte: wholeNumber,
    range: numberRange,
  },
  optionalNumber: {
    '': wholeNumber,
    ne: wholeNumber,
    lt: wholeNumber,
    lte: wholeNumber,
    gt: wholeNumber,
    gte: wholeNumber,
    range: numberRange,
    isnull: trueOrFalse,
  },
  flag: { '': trueOrFalse },
  labels: { '': labelSelect },
  protectionTime: { '': protectionTime },
} as const;

/** A set of suffixes, each with the schema of its values; `''` is the bare name. */
type FilterSuffixes = Readonly<Record<string, z.ZodType>>;

/**
 * The kinds of filters a list offers, each a set of suffixes (`name`, `name__in`, …) as Pulp names
 * them: a well-known one by name, or one made for the field.
 *
 * @public
 */
export type FilterFamily = keyof typeof FAMILIES | FilterSuffixes;

/** The filtered fields of a list. @public */
export type FilterFields = Record<string, FilterFamily>;

type SuffixesOf<T extends FilterFamily> = T extends keyof typeof FAMILIES
  ? (typeof FAMILIES)[T]
  : T;

/** `name`, `name__in`, …: each parameter of each filtered field, with its schema. */
type FilterParameter<F extends FilterFields> = {
  [K in keyof F & string]: {
    [S in keyof SuffixesOf<F[K]> & string]: [
      S extends '' ? K : `${K}__${S}`,
      SuffixesOf<F[K]>[S],
    ];
  }[keyof SuffixesOf<F[K]> & string];
}[keyof F & string];

/** The filters of a list as part of its query's schema. @public */
export type FilterShape<F extends FilterFields> = {
  [P in FilterParameter<F> as P[0]]: z.ZodOptional<
    P[1] extends z.ZodType ? P[1] : never
  >;
};

/** Filters that every list has. */
const COMMON_FILTERS = {
  pulp_href__in: references('any').in,
  prn__in: references('any').in,
  pulp_id__in: uuidList,
};

type CommonShape = {
  [K in keyof typeof COMMON_FILTERS]: z.ZodOptional<(typeof COMMON_FILTERS)[K]>;
};

function schemasOf(fields: FilterFields): Record<string, z.ZodType> {
  const schemas: Record<string, z.ZodType> = { ...COMMON_FILTERS };
  for (const [field, family] of Object.entries(fields)) {
    const suffixes: FilterSuffixes =
      typeof family === 'string' ? FAMILIES[family] : family;
    for (const [suffix, schema] of Object.entries(suffixes)) {
      schemas[suffix ? `${field}__${suffix}` : field] = schema;
    }
  }
  return schemas;
}

/** Paging and trimming, which is not about what is in a list. */
const PAGE_SHAPE = {
  limit: wholeNumber.pipe(z.int().min(1).max(LONGEST_PAGE)).default(100),
  offset: wholeNumber.pipe(z.int().min(0)).default(0),
  fields: commaList.optional(),
  exclude_fields: commaList.optional(),
};

/** The query of something that comes in pages and is no collection. @public */
export const pageQuerySchema = z.strictObject(PAGE_SHAPE);

/**
 * The query schema of a list: paging, ordering and trimming, which every list has, one set of
 * parameters for each filtered field, and `q`, which combines them. Unknown parameters are refused.
 *
 * @param fields - the family of each filtered field
 * @public
 */
export function listQuerySchema<const F extends FilterFields>(fields: F) {
  const schemas = schemasOf(fields);
  const { minimal: _, ...filters } = schemas;
  const shape = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, schema.optional()]),
  );
  return z.strictObject({
    ...PAGE_SHAPE,
    ordering: commaList.optional(),
    q: filterExpression(filters).optional(),
    ...(shape as FilterShape<F> & CommonShape),
  });
}

/** Parsed query of any list. @public */
export interface ListQuery {
  limit: number;
  offset: number;
  ordering?: string[];
  fields?: string[];
  exclude_fields?: string[];
  q?: FilterExpression;
  [filter: string]: unknown;
}

/** The query of a read: which fields to return. @public */
export const readQuerySchema = z.strictObject({
  fields: commaList.optional(),
  exclude_fields: commaList.optional(),
});
