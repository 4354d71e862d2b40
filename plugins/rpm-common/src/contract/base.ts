import { z } from 'zod';

/** `2026-08-21T10:11:12.123456Z`: UTC with microseconds, so that text order is time order. @public */
export const timestampSchema = z.string().meta({ format: 'date-time' });

/** A path such as `/api/rpm/pulp/api/v3/remotes/rpm/rpm/<uuid>/`, or a PRN, in input. @public */
export const referenceSchema = z.string().min(1);

/** As long as a name may be: longer ones fit no index. */
const LONGEST_NAME = 255;

/** A name that is unique among its kind. @public */
export const nameSchema = z.string().min(1).max(LONGEST_NAME);

/** A catalog entity, in full and in the catalog's own spelling. @public */
export const entityRefSchema = z
  .string()
  .max(LONGEST_NAME)
  .regex(
    /^[^\s:/]+:[^\s:/]+\/[^\s:/]+$/,
    'Enter a full entity reference such as `group:default/tools`.',
  )
  .toLowerCase();

/** Word characters, blank, `.` and `-`. */
export const labelKeySchema = z
  .string()
  .max(LONGEST_NAME)
  .regex(/^[\w .-]+$/, 'Invalid label key.');

/** Without parentheses. */
export const labelValueSchema = z
  .string()
  .regex(/^[^()]*$/, 'Label values may not contain parentheses.');

/** String to string. @public */
export const labelsSchema = z
  .record(labelKeySchema, labelValueSchema.nullable())
  .meta({ additionalProperties: { type: 'string' } });

/** A field of Pulp that is shown, and that nothing but null can be written to. */
export function unsupported(type: z.ZodType): z.ZodType<null, null> {
  return type
    .nullable()
    .refine(
      value => value === null,
      'This service does not support it.',
    ) as z.ZodType<null, any>;
}

/** What every entity shows. @public */
export const entityShape = {
  pulp_href: z.string(),
  prn: z.string(),
  pulp_created: timestampSchema,
  pulp_last_updated: timestampSchema,
};

/** The body of every 202: exactly one key, or `pulp` does not recognise a task. @public */
export const asyncOperationSchema = z
  .object({ task: z.string() })
  .meta({ id: 'AsyncOperationResponse' });

/** One page of a list. @public */
export function pageSchema<T extends z.ZodType>(item: T, id: string) {
  return z
    .object({
      count: z.int(),
      next: z.string().nullable(),
      previous: z.string().nullable(),
      results: z.array(item),
    })
    .meta({ id: `Paginated${id}List` });
}

/** A page as clients see it. @public */
export interface Page<T> {
  count: number;
  next: string | null;
  previous: string | null;
  results: T[];
}
