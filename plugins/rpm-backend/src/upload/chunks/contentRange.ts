import { InvalidInputError } from '../../validation';

const CONTENT_RANGE = /^bytes (\d{1,15})-(\d{1,15})\/(?:\d{1,15}|\*)$/;

/**
 * Where a piece belongs, by its header.
 *
 * @param sizes - of the piece that came, and of the whole file
 * @returns the offset
 * @throws InvalidInputError
 */
export function parseContentRange(
  header: string | undefined,
  sizes: { chunk: number; upload: number },
): number {
  const match = CONTENT_RANGE.exec(header ?? '');
  if (!match) {
    throw InvalidInputError.message('Invalid or missing content range header.');
  }
  const [start, end] = [Number(match[1]), Number(match[2])];
  if (end - start + 1 !== sizes.chunk || sizes.chunk === 0) {
    throw InvalidInputError.message('Chunk size does not match content range.');
  }
  if (end >= sizes.upload) {
    throw InvalidInputError.message('End byte is greater than upload size.');
  }
  return start;
}
