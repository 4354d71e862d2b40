/**
 * Splits values so that no statement exceeds the engines' parameter limits (SQLite 32,766,
 * PostgreSQL 65,535) and no synchronous SQLite call lasts long.
 */
export function* chunksOf<T>(
  values: readonly T[],
  size = 500,
): Generator<T[], void, undefined> {
  for (let start = 0; start < values.length; start += size) {
    yield values.slice(start, start + size);
  }
}
