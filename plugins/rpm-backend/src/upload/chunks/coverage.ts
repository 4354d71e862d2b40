/** A piece of a file: from `offset` on, so many bytes. */
export interface Span {
  offset: number;
  size: number;
}

/** The first stretch of a file that no piece has. */
export function findGap(
  pieces: readonly Span[],
  size: number,
): Span | undefined {
  let covered = 0;
  for (const piece of [...pieces].sort((a, b) => a.offset - b.offset)) {
    if (piece.offset > covered) {
      return { offset: covered, size: piece.offset - covered };
    }
    covered = Math.max(covered, piece.offset + piece.size);
  }
  return covered < size ? { offset: covered, size: size - covered } : undefined;
}
