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

/**
 * As {@link chunksOf}, for values of very different sizes: a chunk also ends before its values come
 * to more than `maxSize` together. A value larger than that is a chunk of its own.
 */
export function* chunksBySize<T>(
  values: Iterable<T>,
  sizeOf: (value: T) => number,
  { maxCount, maxSize }: { maxCount: number; maxSize: number },
): Generator<T[], void, undefined> {
  let chunk: T[] = [];
  let chunkSize = 0;
  for (const value of values) {
    const size = sizeOf(value);
    if (
      chunk.length === maxCount ||
      (chunk.length && chunkSize + size > maxSize)
    ) {
      yield chunk;
      chunk = [];
      chunkSize = 0;
    }
    chunk.push(value);
    chunkSize += size;
  }
  if (chunk.length) yield chunk;
}
