const EMPTY = '{}';

/**
 * Lists stand for sets in these documents, the order of keys means nothing, and a key without
 * content as little as none.
 */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .map(([key, inner]) => [JSON.stringify(key), canonical(inner)])
      .filter(([, inner]) => inner !== EMPTY);
    return `{${entries
      .map(entry => entry.join(':'))
      .sort()
      .join()}}`;
  }
  // The end of a YAML text is often a line's end that nobody types again.
  return JSON.stringify(typeof value === 'string' ? value.trimEnd() : value);
}

/** Enough to recognise a value by. */
const SHOWN = 200;

/**
 * Where given fields of an upload differ from what its document says. Fields that are absent or null
 * are not given.
 *
 * @param said - all fields that the document decides
 * @returns a sentence by field
 */
export function findDisagreements(
  said: object,
  given: Readonly<Record<string, unknown>>,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(said).flatMap(([field, value]) => {
      const other = given[field] ?? undefined;
      if (other === undefined || canonical(other) === canonical(value)) {
        return [];
      }
      const text = JSON.stringify(value).slice(0, SHOWN);
      return [[field, [`This differs from the snippet, which has ${text}.`]]];
    }),
  );
}
