/** How a metadata file is compressed, named as in repository tools. */
export type Compression = 'none' | 'gz' | 'zstd' | 'xz' | 'bz2';

const EXTENSIONS = new Map<string, Compression>([
  ['gz', 'gz'],
  ['zst', 'zstd'],
  ['xz', 'xz'],
  ['bz2', 'bz2'],
]);

const MAGICS: [Compression, number[]][] = [
  ['gz', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bz2', [0x42, 0x5a, 0x68]],
];

/** How many bytes `detectCompression` looks at. */
export const MAGIC_BYTES = 6;

/** The compression that a file's name says: `primary.xml.gz` is `gz`, `comps.xml` is `none`. */
export function compressionOfFileName(name: string): Compression {
  return EXTENSIONS.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'none';
}

/**
 * The compression that a file's first bytes show, `none` when they show none.
 *
 * @remarks
 * Surer than the name: servers send a `.gz` file already decompressed, and mirrors rename files.
 */
export function detectCompression(start: Uint8Array): Compression {
  const found = MAGICS.find(([, magic]) =>
    magic.every((byte, i) => start[i] === byte),
  );
  return found ? found[0] : 'none';
}
