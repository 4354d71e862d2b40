import { z } from 'zod';

/** A thousand packages with all their files are some 20 MB. */
const LONGEST_PAGE = 1_000;

/** A comma separated list in a query parameter, as the `pulp` command sends lists. */
const commaList = z
  .string()
  .transform(text => text.split(','))
  .meta({
    type: 'array',
    items: { type: 'string' },
    param: { explode: false, style: 'form' },
  });

/** Nine digits, for the engines take larger ones differently. */
const wholeNumber = z
  .string()
  .regex(/^-?\d{1,9}$/, 'A valid integer is required.')
  .transform(Number)
  .meta({ type: 'integer' });

const numberRange = z
  .string()
  .regex(/^-?\d{1,9},-?\d{1,9}$/, 'Range query expects two values.')
  .transform(text => text.split(',').map(Number))
  .meta({
    type: 'array',
    items: { type: 'integer' },
    param: { explode: false, style: 'form' },
  });

const trueOrFalse = z
  .enum(['true', 'false', 'True', 'False', '1', '0'])
  .transform(text => ['true', 'True', '1'].includes(text))
  .meta({ type: 'boolean' });

const instant = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), 'Enter a valid date/time.')
  .transform(text => new Date(text).toISOString().replace('Z', '000Z'))
  .meta({ format: 'date-time' });

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
  name: {
    '': z.string(),
    iexact: z.string(),
    in: commaList,
    contains: z.string(),
    icontains: z.string(),
    startswith: z.string(),
    istartswith: z.string(),
  },
  datetime: {
    '': instant,
    lt: instant,
    lte: instant,
    gt: instant,
    gte: instant,
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
    isnull: trueOrFalse,
  },
  flag: { '': trueOrFalse },
} as const;

/**
 * The kinds of filters a list offers, each a set of suffixes (`name`, `name__in`, …) as Pulp names
 * them.
 *
 * @public
 */
export type FilterFamily = keyof typeof FAMILIES;

/** `name`, `name__in`, …: each parameter of each filtered field, with its schema. */
type FilterParameter<F extends Record<string, FilterFamily>> = {
  [K in keyof F & string]: {
    [S in keyof (typeof FAMILIES)[F[K]] & string]: [
      S extends '' ? K : `${K}__${S}`,
      (typeof FAMILIES)[F[K]][S],
    ];
  }[keyof (typeof FAMILIES)[F[K]] & string];
}[keyof F & string];

/** The filters of a list as part of its query's schema. @public */
export type FilterShape<F extends Record<string, FilterFamily>> = {
  [P in FilterParameter<F> as P[0]]: z.ZodOptional<
    P[1] extends z.ZodType ? P[1] : never
  >;
};

/**
 * The query schema of a list: paging, ordering and trimming, which every list has, and one set of
 * parameters for each filtered field. Unknown parameters are refused.
 *
 * @param fields - the family of each filtered field
 * @public
 */
export function listQuerySchema<const F extends Record<string, FilterFamily>>(
  fields: F,
) {
  const shape: Record<string, z.ZodType> = {};
  for (const [field, family] of Object.entries(fields)) {
    for (const [suffix, schema] of Object.entries(FAMILIES[family])) {
      shape[suffix ? `${field}__${suffix}` : field] = schema.optional();
    }
  }
  return z.strictObject({
    limit: wholeNumber.pipe(z.int().min(1).max(LONGEST_PAGE)).default(100),
    offset: wholeNumber.pipe(z.int().min(0)).default(0),
    ordering: commaList.optional(),
    fields: commaList.optional(),
    exclude_fields: commaList.optional(),
    pulp_href__in: commaList.optional(),
    prn__in: commaList.optional(),
    ...(shape as FilterShape<F>),
  });
}

/** Parsed query of any list. @public */
export interface ListQuery {
  limit: number;
  offset: number;
  ordering?: string[];
  fields?: string[];
  exclude_fields?: string[];
  pulp_href__in?: string[];
  prn__in?: string[];
  [filter: string]: unknown;
}

/** The query of a read: which fields to return. @public */
export const readQuerySchema = z.strictObject({
  fields: commaList.optional(),
  exclude_fields: commaList.optional(),
});
