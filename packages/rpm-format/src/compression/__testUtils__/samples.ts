import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { xz } from '@napi-rs/lzma';
import type { Compression } from '../Compression';

export const CONTENT = Buffer.from(
  Array.from({ length: 1000 }, (_, i) => `<package id="${i}"/>\n`).join(''),
);

/** 'hello bzip2\n', since nothing here writes bzip2. */
export const HELLO = 'hello bzip2\n';
const HELLO_BZIP2 = Buffer.from(
  'QlpoOTFBWSZTWatrofEAAALZgAAQQAAQABJkwBAgADEA000EAB6j705RogeLuSKcKEhVtdD4gA==',
  'base64',
);

/** 45,899,235 zeros in one block, near the most that a block can expand to. */
export const BOMB_BLOCK_BYTES = 45_899_235;
const BOMB_BZIP2 = Buffer.from(
  'QlpoOTFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXF3JFOFCQDgni3w==',
  'base64',
);

export interface Sample {
  compression: Exclude<Compression, 'none'>;
  /** One whole stream. */
  packed: Buffer;
  content: Buffer;
  /** Some kilobytes that expand to `bombBytes`. */
  bomb: Buffer;
  bombBytes: number;
}

const ZEROS = Buffer.alloc(10_000_000);

export const SAMPLES: Sample[] = [
  {
    compression: 'gz',
    packed: gzipSync(CONTENT),
    content: CONTENT,
    bomb: gzipSync(ZEROS),
    bombBytes: ZEROS.length,
  },
  {
    compression: 'zstd',
    packed: zstdCompressSync(CONTENT, {
      params: { [constants.ZSTD_c_checksumFlag]: 1 },
    }),
    content: CONTENT,
    bomb: zstdCompressSync(ZEROS),
    bombBytes: ZEROS.length,
  },
  {
    compression: 'xz',
    packed: xz.compressSync(CONTENT),
    content: CONTENT,
    bomb: xz.compressSync(ZEROS),
    bombBytes: ZEROS.length,
  },
  {
    compression: 'bz2',
    packed: HELLO_BZIP2,
    content: Buffer.from(HELLO),
    bomb: BOMB_BZIP2,
    bombBytes: BOMB_BLOCK_BYTES,
  },
];

export async function* inChunks(
  bytes: Uint8Array,
  size = Math.max(bytes.length, 1),
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

export async function collect(
  chunks: AsyncIterable<Uint8Array>,
): Promise<Buffer> {
  const collected: Uint8Array[] = [];
  for await (const chunk of chunks) {
    collected.push(chunk);
  }
  return Buffer.concat(collected);
}
