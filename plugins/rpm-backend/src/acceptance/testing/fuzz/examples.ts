import type { JsonObject } from '../documentRules';

/** Values that exist, by the names of the fields and parameters that take them. */
export type Known = Readonly<Record<string, unknown>>;

/** Makes values that schemas of the document allow, with references to what exists. */
export class Examples {
  readonly #schemas: JsonObject;
  readonly #known: Known;

  constructor(schemas: JsonObject, known: Known) {
    this.#schemas = schemas;
    this.#known = known;
  }

  /**
   * @param name - of the field or parameter
   * @param isFull - with all fields, not only those that are required
   */
  of(schema: JsonObject, name: string, isFull: boolean): unknown {
    if (schema.$ref) {
      const id = schema.$ref.split('/').at(-1);
      return this.of(this.#schemas[id], name, isFull);
    }
    if (Object.hasOwn(this.#known, name)) return this.#known[name];
    const [choice] = schema.enum ?? schema.oneOf ?? schema.anyOf ?? [];
    if (schema.enum) return choice;
    if (choice) return this.of(choice, name, isFull);
    if (schema.allOf) {
      const parts = schema.allOf.map((part: JsonObject) =>
        this.of(part, name, isFull),
      );
      return parts.every((part: unknown) => typeof part === 'object')
        ? Object.assign({}, ...parts)
        : parts[0];
    }
    switch (schema.type) {
      case 'object':
        return this.#object(schema, isFull);
      case 'array':
        return [this.of(schema.items ?? {}, name, isFull)];
      case 'integer':
      case 'number':
        return schema.minimum ?? 1;
      case 'boolean':
        return true;
      default:
        return schema.format === 'date-time'
          ? '2026-01-31T12:00:00.000000Z'
          : 'example';
    }
  }

  #object(
    { properties = {}, required = [] }: JsonObject,
    isFull: boolean,
  ): JsonObject {
    return Object.fromEntries(
      Object.entries<JsonObject>(properties)
        .filter(([name]) => isFull || required.includes(name))
        .map(([name, property]) => [name, this.of(property, name, isFull)]),
    );
  }
}
