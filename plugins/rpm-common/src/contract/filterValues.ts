import { z } from 'zod';
import {
  FilterExpressionError,
  mapFilters,
  parseFilterExpression,
  type FilterExpression,
} from './filterExpression';
import {
  LabelSelectError,
  parseLabelSelect,
  type LabelCondition,
} from './labelSelect';

/** How lists travel in query parameters: joined by commas, as the `pulp` command sends them. */
const JOINED = { explode: false, style: 'form' } as const;

/** A comma separated list of values, each as `item` has it. */
function listOf<T extends z.ZodType<any, string>>(item: T, items: object) {
  return z
    .string()
    .transform(text => text.split(','))
    .pipe(z.array(item))
    .meta({ type: 'array', items, param: JOINED });
}

/** A comma separated list of texts. */
export const commaList = listOf(z.string(), { type: 'string' });

/** Nine digits, for the engines take larger ones differently. */
export const wholeNumber = z
  .string()
  .regex(/^-?\d{1,9}$/, 'A valid integer is required.')
  .transform(Number)
  .meta({ type: 'integer' });

/** Two values with a comma between them. */
function rangeOf<T>(item: z.ZodType<T, string>, items: object) {
  return z
    .string()
    .transform(text => text.split(','))
    .refine(parts => parts.length === 2, 'Range query expects two values.')
    .pipe(z.tuple([item, item]))
    .meta({ type: 'array', items, param: JOINED });
}

export const numberRange = rangeOf(wholeNumber, { type: 'integer' });

export const trueOrFalse = z
  .enum(['true', 'false', 'True', 'False', '1', '0'])
  .transform(text => ['true', 'True', '1'].includes(text))
  .meta({ type: 'boolean' });

const INSTANT =
  /^(?<date>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d)(?<seconds>:\d\d)?(?:\.(?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d\d:?\d\d)?)?$/;

/** In the fixed-width form of the API; undefined for what is no point in time. */
function toInstant(text: string): string | undefined {
  const groups = INSTANT.exec(text)?.groups;
  if (!groups) return undefined;
  const { date, time = '00:00', seconds = ':00', fraction = '' } = groups;
  const zone = (groups.zone ?? 'Z').replace(/(\d\d)(\d\d)$/, '$1:$2');
  const parsed = new Date(`${date}T${time}${seconds}${zone}`);
  if (Number.isNaN(parsed.valueOf())) return undefined;
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  return parsed.toISOString().replace(/\.\d+Z$/, `.${micros}Z`);
}

/** A point in time; UTC where it does not say otherwise. */
export const instant = z
  .string()
  .transform((text, context) => {
    const parsed = toInstant(text);
    if (parsed !== undefined) return parsed;
    context.addIssue('Enter a valid date/time.');
    return z.NEVER;
  })
  .meta({ type: 'string', format: 'date-time' });

export const instantRange = rangeOf(instant, {
  type: 'string',
  format: 'date-time',
});

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const uuid = z
  .string()
  .toLowerCase()
  .regex(new RegExp(`^${UUID}$`), 'Must be a valid UUID.');

export const uuidList = listOf(uuid, { type: 'string', format: 'uuid' });

/** Where the hrefs of a kind are, and which models its PRNs name; as regular expressions. */
const REFERENCES = {
  any: [`[a-z_/-]+/${UUID}/(?:versions/\\d{1,9}/)?`, '[a-z]+\\.[a-z]+'],
  repository: [`repositories/rpm/rpm/${UUID}/`, 'rpm\\.rpmrepository'],
  version: [
    `repositories/rpm/rpm/${UUID}/versions/\\d{1,9}/`,
    'core\\.repositoryversion',
  ],
  versionOrRepository: [
    `repositories/rpm/rpm/${UUID}/(?:versions/\\d{1,9}/)?`,
    '(?:core\\.repositoryversion|rpm\\.rpmrepository)',
  ],
  remote: [`remotes/rpm/rpm/${UUID}/`, 'rpm\\.rpmremote'],
  content: [`content/[a-z_]+/[a-z_]+/${UUID}/`, '[a-z]+\\.[a-z]+'],
  task: [`tasks/${UUID}/`, 'core\\.task'],
  taskGroup: [`task-groups/${UUID}/`, 'core\\.taskgroup'],
} as const;

/** What a filter can refer to. @public */
export type ReferenceKind = keyof typeof REFERENCES;

function referenceTo(kind: ReferenceKind, alternative = '') {
  const [path, model] = REFERENCES[kind];
  const form = new RegExp(
    `^(?:/(?:[^?#\\s]+/)?api/v3/${path}|prn:${model}:${UUID}${alternative})$`,
  );
  return z.string().refine(text => form.test(text), {
    error: ({ input }) => `URI not valid: ${input}.`,
  });
}

/** An href or PRN of one kind. */
export function reference(kind: ReferenceKind) {
  return { '': referenceTo(kind) };
}

/** An href or PRN of one kind, or a list of them. */
export function references(kind: ReferenceKind) {
  const one = referenceTo(kind);
  return { '': one, in: listOf(one, { type: 'string' }) };
}

/** As {@link references}; `null` stands for none. */
export function optionalReferences(kind: ReferenceKind) {
  const one = referenceTo(kind, '|null');
  return { '': one, in: listOf(one, { type: 'string' }) };
}

/** One of a few values, or a list of them, or another one. */
export function oneOf<const T extends string>(values: readonly T[]) {
  const one = z.enum(values);
  return {
    '': one,
    in: listOf(one, { type: 'string', enum: [...values] }),
    ne: one,
  };
}

/** One of the types of a collection that holds several, or a list of them. */
export function pulpTypes<const T extends string>(types: readonly T[]) {
  const { ne: _, ...suffixes } = oneOf(types);
  return suffixes;
}

/** Comma separated values, each one of a few. */
export function choices<const T extends string>(values: readonly T[]) {
  return oneOf(values).in;
}

/** Machine architectures, such as `x86_64`, with commas between them. */
export const architectures = listOf(
  z
    .string()
    .regex(/^[a-z0-9_]{1,32}$/, 'Enter an architecture such as `x86_64`.'),
  { type: 'string' },
);

export const labelSelect = z
  .string()
  .transform((text, context): LabelCondition[] => {
    try {
      return parseLabelSelect(text);
    } catch (error) {
      if (!(error instanceof LabelSelectError)) throw error;
      context.addIssue(error.message);
      return z.NEVER;
    }
  })
  .meta({ type: 'string' });

/** Minutes; −1 stands for the server's default. */
export const protectionTime = wholeNumber.pipe(z.int().min(-1)).meta({
  type: 'integer',
  description: 'Minutes; -1: as long as the service protects orphans',
});

/** An expression of other filters, each parsed by its own schema. */
export function filterExpression(filters: Record<string, z.ZodType>) {
  return z
    .string()
    .transform((text, context): FilterExpression => {
      try {
        const names = new Set(Object.keys(filters));
        return mapFilters(parseFilterExpression(text, names), (name, value) => {
          const parsed = filters[name].safeParse(value, { reportInput: true });
          for (const issue of parsed.error?.issues ?? []) {
            const path = [name, ...issue.path];
            context.issues.push({ ...issue, path } as z.core.$ZodRawIssue);
          }
          return { kind: 'filter', name, value: parsed.data };
        });
      } catch (error) {
        if (!(error instanceof FilterExpressionError)) throw error;
        context.addIssue(error.message);
        return z.NEVER;
      }
    })
    .meta({
      type: 'string',
      description: 'Other filters, combined by NOT, AND, OR and parentheses',
    });
}
