/** What is wrong with a document, as a predicate: "has no data.name". */
export class DocumentProblem extends Error {}

/**
 * Strings taken from one document at most. YAML aliases let a short document contain any number of
 * them; real documents have some 2,000.
 */
const MAX_STRINGS = 200_000;

/** Counts what is taken from one document. */
export class StringBudget {
  #left = MAX_STRINGS;

  spend(): void {
    if (this.#left-- <= 0) {
      throw new DocumentProblem(`has more than ${MAX_STRINGS} values`);
    }
  }
}

/**
 * Typed access to a mapping of a document whose scalars are all strings; fails with
 * {@link DocumentProblem} naming the field. An optional key without a value counts as absent.
 */
export class YamlFields {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #budget: StringBudget;

  private constructor(
    fields: Readonly<Record<string, unknown>>,
    path: string,
    budget: StringBudget,
  ) {
    this.#fields = fields;
    this.#path = path;
    this.#budget = budget;
  }

  static of(value: unknown, path: string, budget: StringBudget): YamlFields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new DocumentProblem(`has ${path || 'content'} that is no mapping`);
    }
    return new YamlFields(value as Record<string, unknown>, path, budget);
  }

  /** A text that has to be there, if only as a key without a value, as published modules have it. */
  text(key: string): string {
    if (!Object.hasOwn(this.#fields, key)) {
      throw new DocumentProblem(`has no ${this.#name(key)}`);
    }
    return this.optionalText(key) ?? '';
  }

  optionalText(key: string): string | undefined {
    const value = this.#value(key);
    return value === undefined
      ? undefined
      : this.#string(value, this.#name(key));
  }

  /** A text that has to match a pattern. */
  token(key: string, pattern: RegExp): string {
    const text = this.text(key);
    if (text === '') {
      throw new DocumentProblem(`has no ${this.#name(key)}`);
    }
    if (!pattern.test(text)) {
      throw new DocumentProblem(
        `has the impossible ${this.#name(key)} "${text.slice(0, 80)}"`,
      );
    }
    return text;
  }

  optionalBoolean(key: string): boolean | undefined {
    const text = this.optionalText(key);
    if (text === undefined) {
      return undefined;
    }
    if (!/^(true|false)$/i.test(text)) {
      throw new DocumentProblem(
        `has ${this.#name(key)} that is neither true nor false`,
      );
    }
    return /^true$/i.test(text);
  }

  /** A list of texts; empty when absent. A single text counts as a list of one. */
  texts(key: string): string[] {
    const value = this.#value(key);
    if (value === undefined) {
      return [];
    }
    const name = this.#name(key);
    return (Array.isArray(value) ? value : [value]).map(item =>
      this.#string(item, name),
    );
  }

  optionalFields(key: string): YamlFields | undefined {
    const value = this.#value(key);
    return value === undefined
      ? undefined
      : YamlFields.of(value, this.#name(key), this.#budget);
  }

  fields(key: string): YamlFields {
    const fields = this.optionalFields(key);
    if (!fields) {
      throw new DocumentProblem(`has no ${this.#name(key)}`);
    }
    return fields;
  }

  /** A list of mappings; empty when absent. A single mapping counts as a list of one. */
  list(key: string): YamlFields[] {
    const value = this.#value(key);
    if (value === undefined) {
      return [];
    }
    return (Array.isArray(value) ? value : [value]).map(item => {
      this.#budget.spend();
      return YamlFields.of(item, this.#name(key), this.#budget);
    });
  }

  /** A mapping from names to whatever `read` takes from this mapping for each. */
  record<T>(read: (fields: YamlFields, key: string) => T): Record<string, T> {
    const record: Record<string, T> = Object.create(null);
    for (const key of Object.keys(this.#fields)) {
      this.#budget.spend();
      record[key] = read(this, key);
    }
    return record;
  }

  #value(key: string): unknown {
    return Object.hasOwn(this.#fields, key)
      ? this.#fields[key] ?? undefined
      : undefined;
  }

  #string(value: unknown, name: string): string {
    this.#budget.spend();
    if (typeof value !== 'string') {
      throw new DocumentProblem(`has ${name} that is no text`);
    }
    return value;
  }

  #name(key: string): string {
    return this.#path ? `${this.#path}.${key}` : key;
  }
}
