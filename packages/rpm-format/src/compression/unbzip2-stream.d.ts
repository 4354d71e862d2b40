// The parts of unbzip2-stream that are used; the package brings no types.

declare module 'unbzip2-stream/lib/bit_iterator' {
  /** Reads `count` bits; `null` skips to the next whole byte. */
  export interface BitReader {
    (count: number | null): number;
    /** Bytes that were begun. */
    bytesRead: number;
  }
  export default function bitIterator(nextChunk: () => Uint8Array): BitReader;
}

declare module 'unbzip2-stream/lib/bzip2' {
  import type { BitReader } from 'unbzip2-stream/lib/bit_iterator';

  const bzip2: {
    /** Reads the header of a stream and returns its level, the block size in 100,000 bytes. */
    header(bits: BitReader): number;
    /**
     * Decompresses one block into `write`, and returns the checksum so far; `null` when instead of
     * a block the end of the stream came.
     */
    decompress(
      bits: BitReader,
      write: (byte: number) => void,
      work: Int32Array,
      workLength: number,
      checksum: number,
    ): number | null;
  };
  export default bzip2;
}
