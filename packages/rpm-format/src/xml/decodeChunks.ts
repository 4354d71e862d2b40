import { MetadataKind, RepodataError } from '../metadata';

/** Large enough to be fast, small enough to be parsed in a few milliseconds. */
const PIECE_SIZE = 64 * 1024;

/** How much of a file's beginning is searched for the encoding in its XML declaration. */
const DECLARATION_SIZE = 256;

/**
 * What the readers take: the decompressed content of a file, in pieces of any size.
 *
 * @remarks
 * A reader that stops early also ends the sources that it has begun to read. Those that it has not
 * begun, because another file failed first, stay with their owner.
 */
export type TextChunks =
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>;

/**
 * The text of a file in pieces of at most 64 KiB.
 *
 * @remarks
 * Bytes that are not valid in the encoding become U+FFFD instead of failing: repositories in
 * the field hold Latin-1 descriptions in files that call themselves UTF-8.
 */
export async function* decodeChunks(
  kind: MetadataKind,
  chunks: TextChunks,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += PIECE_SIZE) {
      if (typeof chunk === 'string') {
        yield chunk.slice(start, start + PIECE_SIZE);
      } else {
        const piece = chunk.subarray(start, start + PIECE_SIZE);
        decoder ??= createDecoder(kind, piece);
        yield decoder.decode(piece, { stream: true });
      }
    }
  }
  if (decoder) {
    yield decoder.decode();
  }
}

/** The text of a whole file, decoded as `decodeChunks` does. */
export function decodeText(
  kind: MetadataKind,
  content: Uint8Array | string,
): string {
  return typeof content === 'string'
    ? content
    : createDecoder(kind, content).decode(content);
}

function createDecoder(kind: MetadataKind, beginning: Uint8Array): TextDecoder {
  const declaration = Buffer.from(beginning.subarray(0, DECLARATION_SIZE))
    .toString('latin1')
    .match(/^<\?xml[^>]*\sencoding\s*=\s*["']([^"'>]*)["']/);
  const encoding = declaration?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new RepodataError(
      kind,
      `is in the unknown character encoding "${encoding}"`,
    );
  }
}
