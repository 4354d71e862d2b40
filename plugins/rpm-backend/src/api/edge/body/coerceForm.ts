import { z } from 'zod';

/** The texts of a form by field; several where the field stands in it more than once. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

const TRUE = new Set(['true', 'True', 'TRUE', '1', 'on', 'yes']);
const FALSE = new Set(['false', 'False', 'FALSE', '0', 'off', 'no']);
const NUMBER = /^[+-]?\d{1,15}(\.\d{1,15})?$/;

/** What a schema is inside of what makes it optional, nullable or another value. */
function unwrap(schema: z.core.$ZodType): {
  inner: z.core.$ZodType;
  nullable: boolean;
} {
  if (
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault
  ) {
    const { inner, nullable } = unwrap(schema.unwrap());
    return { inner, nullable: nullable || schema instanceof z.ZodNullable };
  }
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  return { inner: schema, nullable: false };
}

/** The fields of a body's schema; none where it is no object. */
function fieldsOf(body: z.core.$ZodType): Record<string, z.core.$ZodType> {
  const { inner } = unwrap(body);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

/** Whether a body has a file of this name. */
export function isFileField(body: z.core.$ZodType, name: string): boolean {
  const fields = fieldsOf(body);
  if (!Object.hasOwn(fields, name)) return false;
  const { inner } = unwrap(fields[name]);
  return inner instanceof z.ZodType && inner.meta()?.format === 'binary';
}

/** What is no JSON stays a text, for the schema to refuse. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function coerceList(values: readonly string[]): unknown {
  if (values.length > 1) return values;
  const parsed = parseJson(values[0]);
  return Array.isArray(parsed) ? parsed : values;
}

function coerceField(
  schema: z.core.$ZodType,
  values: readonly string[],
): unknown {
  const { inner, nullable } = unwrap(schema);
  const text = values[values.length - 1];
  if (nullable && text === '') return null;
  switch (inner._zod.def.type) {
    case 'boolean':
      if (TRUE.has(text)) return true;
      return FALSE.has(text) ? false : text;
    case 'number':
    case 'int':
      return NUMBER.test(text) ? Number(text) : text;
    case 'array':
    case 'tuple':
      return coerceList(values);
    case 'object':
    case 'record':
      return parseJson(text);
    default:
      return text;
  }
}

/**
 * Makes of a form, which has texts only, the body that would say the same in JSON: by the schema of
 * each field, booleans and numbers by their usual spellings, null of an empty text where the field may
 * be null, lists and objects from JSON. A list may also be a field that is there several times. What
 * cannot be read stays a text, for the schema to refuse.
 */
export function coerceForm(
  body: z.core.$ZodType,
  form: FormFields,
): Record<string, unknown> {
  const fields = fieldsOf(body);
  return Object.fromEntries(
    [...form].map(([name, values]) => [
      name,
      Object.hasOwn(fields, name)
        ? coerceField(fields[name], values)
        : values[values.length - 1],
    ]),
  );
}
