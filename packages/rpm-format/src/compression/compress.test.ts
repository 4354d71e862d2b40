import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { CONTENT, collect, inChunks } from './__testUtils__/samples';
import { compressionOfFileName, detectCompression } from './Compression';
import { OutputCompression, compress, extensionOf } from './compress';
import { decompress } from './decompress';

const COMPRESSIONS: OutputCompression[] = ['none', 'gz', 'zstd'];

describe.each(COMPRESSIONS)('compress %s', compression => {
  const pack = (bytes: Uint8Array, chunkSize?: number) =>
    collect(compress(inChunks(bytes, chunkSize), compression));

  it('writes what decompress reads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async bytes => {
        const packed = inChunks(await pack(bytes));
        expect(
          await collect(decompress(packed, { maxBytes: 5000, compression })),
        ).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('can be recognised', async () => {
    expect(detectCompression(await pack(CONTENT))).toBe(compression);
    expect(compressionOfFileName(`a.xml${extensionOf(compression)}`)).toBe(
      compression,
    );
  });

  it('writes the same bytes whatever the chunks are', async () => {
    const whole = await pack(CONTENT);
    for (const size of [10, 1000, 65_536]) {
      expect((await pack(CONTENT, size)).equals(whole)).toBe(true);
    }
  });

  it('passes errors of the source on and closes it', async () => {
    const failure = new Error('no more');
    async function* failing() {
      yield CONTENT;
      throw failure;
    }
    await expect(collect(compress(failing(), compression))).rejects.toBe(
      failure,
    );
  });
});

describe('compress', () => {
  it('writes neither time nor operating system into gzip files', async () => {
    const packed = await collect(compress(inChunks(CONTENT), 'gz'));
    expect([...packed.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
    expect(packed[9]).toBe(255);
    expect(gunzipSync(packed).equals(CONTENT)).toBe(true);
  });

  it('writes a checksum into zstd files', async () => {
    const packed = await collect(compress(inChunks(CONTENT), 'zstd'));
    expect(zstdDecompressSync(packed).equals(CONTENT)).toBe(true);
    packed[packed.length - 1] ^= 1;
    await expect(
      collect(decompress(inChunks(packed), { maxBytes: CONTENT.length })),
    ).rejects.toMatchObject({ reason: 'damaged' });
  });
});
