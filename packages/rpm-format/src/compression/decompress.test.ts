import { execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { constants, zstdCompressSync } from 'node:zlib';
import { describeWithTool } from '../testing/describeWithTool';
import { CONTENT, SAMPLES, collect, inChunks } from './__testUtils__/samples';
import { decompress } from './decompress';

const MAX = 1_000_000;

function unpack(bytes: Uint8Array, chunkSize?: number) {
  return collect(decompress(inChunks(bytes, chunkSize), { maxBytes: MAX }));
}

/** The same chunk again and again; `closed` once nobody wants more. */
class EndlessSource implements AsyncIterable<Uint8Array> {
  readonly closed: Promise<void>;
  bytes = 0;
  readonly #chunk: Buffer;
  #close = () => {};

  constructor(chunk: Buffer) {
    this.#chunk = chunk;
    this.closed = new Promise(resolve => {
      this.#close = resolve;
    });
  }

  async *[Symbol.asyncIterator]() {
    try {
      for (;;) {
        this.bytes += this.#chunk.length;
        yield this.#chunk;
      }
    } finally {
      this.#close();
    }
  }
}

async function countBytes(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
  }
  return bytes;
}

describe.each(SAMPLES)(
  'decompress $compression',
  ({ compression, packed, content, bomb, bombBytes }) => {
    it.each([1, 7, 100, 65_536])('reads chunks of %i bytes', async size => {
      expect((await unpack(packed, size)).equals(content)).toBe(true);
    });

    it('reads what it is told to be', async () => {
      const chunks = decompress(inChunks(packed), {
        maxBytes: MAX,
        compression,
      });
      expect((await collect(chunks)).equals(content)).toBe(true);
    });

    it('reads streams', async () => {
      const chunks = decompress(Readable.from([packed]), { maxBytes: MAX });
      expect((await collect(chunks)).equals(content)).toBe(true);
    });

    it('passes over empty chunks', async () => {
      async function* sparse() {
        yield Buffer.alloc(0);
        for (const byte of packed) {
          yield Buffer.from([byte]);
          yield Buffer.alloc(0);
        }
      }
      expect(
        (await collect(decompress(sparse(), { maxBytes: MAX }))).equals(
          content,
        ),
      ).toBe(true);
    });

    it('reads concatenated files to the end, wherever the chunks end', async () => {
      const twice = Buffer.concat([packed, packed, packed]);
      const boundary = packed.length;
      for (const size of [
        1,
        5,
        boundary - 1,
        boundary,
        boundary + 1,
        twice.length,
      ]) {
        expect((await unpack(twice, size)).length).toBe(3 * content.length);
      }
    });

    it.each([1, 0.9, 0.5, 0.1])(
      'refuses a file that is cut off (%d of it)',
      async part => {
        const cut = packed.subarray(0, Math.ceil(packed.length * part) - 1);
        const chunks = decompress(inChunks(cut, 50), {
          maxBytes: MAX,
          compression,
        });
        await expect(collect(chunks)).rejects.toMatchObject({
          name: 'DecompressionError',
          compression,
          reason: 'truncated',
          message: expect.stringMatching(
            /^(gzip|zstd|xz|bzip2) data ends before its end$/,
          ),
        });
      },
    );

    it('refuses an empty file', async () => {
      await expect(
        collect(
          decompress(inChunks(Buffer.alloc(0)), { maxBytes: MAX, compression }),
        ),
      ).rejects.toMatchObject({
        name: 'DecompressionError',
        compression,
        reason: 'truncated',
      });
    });

    it('refuses other data', async () => {
      await expect(
        collect(decompress(inChunks(CONTENT), { maxBytes: MAX, compression })),
      ).rejects.toMatchObject({
        name: 'DecompressionError',
        compression,
        reason: 'damaged',
        message: expect.stringMatching(
          /^(gzip|zstd|xz|bzip2) data is damaged$/,
        ),
      });
    });

    it('refuses damaged data', async () => {
      const middle = packed.length >> 1;
      const damaged = Buffer.from(packed);
      damaged.fill(0xff, middle, middle + 8);
      await expect(unpack(damaged)).rejects.toMatchObject({
        name: 'DecompressionError',
        compression,
      });
    });

    it('takes exactly as much as allowed', async () => {
      const read = (maxBytes: number) =>
        collect(decompress(inChunks(packed), { maxBytes }));
      expect((await read(content.length)).equals(content)).toBe(true);
      await expect(read(content.length - 1)).rejects.toMatchObject({
        name: 'DecompressionError',
        compression,
        reason: 'too-large',
        message: expect.stringMatching(
          `data is larger than ${content.length - 1} bytes when decompressed$`,
        ),
      });
    });

    it('stops a decompression bomb and closes its source', async () => {
      const source = new EndlessSource(bomb);
      const chunks = decompress(source, { maxBytes: 2 * bombBytes });
      await expect(countBytes(chunks)).rejects.toMatchObject({
        compression,
        reason: 'too-large',
      });
      await source.closed;
      expect(source.bytes).toBeLessThan(10_000_000);
    });

    it('closes the source when the caller stops early', async () => {
      const source = new EndlessSource(packed);
      for await (const chunk of decompress(source, { maxBytes: MAX })) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
      await source.closed;
    });

    it('passes errors of the source on', async () => {
      const failure = new Error('connection lost');
      async function* failing() {
        yield packed.subarray(0, packed.length - 5);
        throw failure;
      }
      await expect(
        collect(decompress(failing(), { maxBytes: MAX })),
      ).rejects.toBe(failure);
    });

    it('reads several files in turns', async () => {
      const readers = Array.from({ length: 8 }, () =>
        decompress(inChunks(packed, 64), { maxBytes: MAX }),
      );
      const totals = readers.map(() => 0);
      const open = new Set(readers.keys());
      while (open.size > 0) {
        for (const i of open) {
          const { done, value } = await readers[i].next();
          if (done) {
            open.delete(i);
          } else {
            totals[i] += value.length;
          }
        }
      }
      expect(totals).toEqual(readers.map(() => content.length));
    });
  },
);

describe('decompress', () => {
  it('passes plain data on, within the limit', async () => {
    expect((await unpack(CONTENT, 1000)).equals(CONTENT)).toBe(true);
    expect(await unpack(Buffer.from('<a/>'), 1)).toEqual(Buffer.from('<a/>'));
    expect(await unpack(Buffer.alloc(0))).toEqual(Buffer.alloc(0));
    await expect(
      collect(decompress(inChunks(CONTENT), { maxBytes: 10 })),
    ).rejects.toThrow('Data is larger than 10 bytes when decompressed');
  });

  it('refuses a zstd window beyond 128 MiB', async () => {
    const packed = zstdCompressSync(CONTENT, {
      params: {
        [constants.ZSTD_c_windowLog]: 28,
        [constants.ZSTD_c_contentSizeFlag]: 0,
      },
    });
    // A frame header of a magic, a descriptor without content size, and the window of 2 GiB.
    packed[5] = (31 - 10) << 3;
    await expect(unpack(packed)).rejects.toMatchObject({
      reason: 'too-large',
      message: 'zstd data needs a window of more than 128 MiB',
    });
  });
});

describe.each([
  ['gzip', ['-9']],
  ['zstd', ['-19']],
  ['xz', ['-6', '--block-size=100000']],
  ['xz', ['-9', '--check=sha256']],
  ['bzip2', ['-1']],
  ['bzip2', ['-9']],
])('decompress', (tool, options) => {
  describeWithTool(tool, `what ${tool} ${options.join(' ')} writes`, () => {
    it('reads several blocks', async () => {
      const large = Buffer.concat(
        Array.from({ length: 30 }, (_, i) => Buffer.from(`${i}${CONTENT}`)),
      );
      const packed = execFileSync(tool, ['-c', ...options], {
        input: large,
        maxBuffer: large.length,
      });
      const unpacked = await collect(
        decompress(inChunks(packed, 10_000), { maxBytes: large.length }),
      );
      expect(unpacked.equals(large)).toBe(true);
    });
  });
});
