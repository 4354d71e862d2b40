import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { JsonObject } from './documentRules';

/**
 * What a value is compared with its schema for. A `reply` may have no field that is not declared; a
 * `trimmed` one was asked for with some fields only.
 */
export type CheckedAs = 'request' | 'reply' | 'trimmed';

const REFERENCE = '#/components/schemas/';

/** Tells whether values are what the schemas of an OpenAPI 3.0 document say. */
export class SchemaChecker {
  readonly #ajv = new Ajv({ allErrors: true, strict: true });
  readonly #schemas: JsonObject;
  readonly #compiled = new Map<string, ValidateFunction>();

  /** @param schemas - of the document's components */
  constructor(schemas: JsonObject) {
    addFormats(this.#ajv);
    this.#ajv.addKeyword({
      keyword: 'isFile',
      validate: (_: unknown, value: unknown) => value instanceof Blob,
    });
    this.#schemas = schemas;
  }

  /** @returns what is wrong with the value, in one line; undefined when nothing is */
  findFault(
    schema: JsonObject,
    value: unknown,
    as: CheckedAs,
  ): string | undefined {
    const key = `${as} ${JSON.stringify(schema)}`;
    let validate = this.#compiled.get(key);
    if (!validate) {
      validate = this.#ajv.compile(this.#prepare(schema, as));
      this.#compiled.set(key, validate);
    }
    if (validate(value)) return undefined;
    const faults = validate.errors!.map(
      ({ instancePath, message, params }) =>
        `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    return faults.join('; ');
  }

  /** The schema as plain JSON schema, with what it refers to in its place. */
  #prepare(schema: JsonObject, as: CheckedAs): JsonObject {
    if (schema.$ref) {
      const referred = this.#schemas[schema.$ref.slice(REFERENCE.length)];
      if (!referred) throw new Error(`${schema.$ref} is not declared`);
      return this.#prepare(referred, as);
    }
    if (schema.format === 'binary') return { isFile: true };
    const { nullable, properties, required, ...rest } = schema;
    const prepared: JsonObject = { ...rest };
    // Without a type it means nothing: everything is allowed anyway.
    if (nullable && schema.type) prepared.nullable = true;
    // The command takes null before it looks at an enumeration.
    if (nullable && schema.enum) prepared.enum = [...schema.enum, null];
    if (properties) {
      prepared.properties = Object.fromEntries(
        Object.entries<JsonObject>(properties).map(([name, property]) => [
          name,
          this.#prepare(property, as),
        ]),
      );
      if (as !== 'request') prepared.additionalProperties ??= false;
    }
    if (required && as !== 'trimmed') prepared.required = required;
    for (const key of ['items', 'additionalProperties', 'not']) {
      if (typeof prepared[key] === 'object') {
        prepared[key] = this.#prepare(prepared[key], as);
      }
    }
    for (const key of ['allOf', 'anyOf', 'oneOf']) {
      prepared[key] &&= prepared[key].map((part: JsonObject) =>
        this.#prepare(part, as),
      );
    }
    return prepared;
  }
}
