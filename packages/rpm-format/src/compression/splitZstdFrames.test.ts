import { constants, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { CONTENT, collect, inChunks } from './__testUtils__/samples';
import { splitZstdFrames } from './splitZstdFrames';

const SKIPPABLE = Buffer.from('572a4d1803000000616263', 'hex');

const FRAMES = [
  zstdCompressSync(CONTENT),
  zstdCompressSync(Buffer.alloc(0)),
  SKIPPABLE,
  // blocks of one repeated byte, several blocks, a checksum, the content's size in 4 bytes
  zstdCompressSync(Buffer.alloc(1_000_000), {
    params: { [constants.ZSTD_c_checksumFlag]: 1 },
  }),
  zstdCompressSync(Buffer.from('short')),
  // no size of the content
  zstdCompressSync(CONTENT, {
    params: { [constants.ZSTD_c_contentSizeFlag]: 0 },
  }),
];

describe('splitZstdFrames', () => {
  it('cuts where frames end, wherever the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(FRAMES),
        fc.integer({ min: 1, max: 3000 }),
        async (frames, size) => {
          const bytes = Buffer.concat(frames);
          const ends = new Set<number>();
          let position = 0;
          for await (const chunk of splitZstdFrames(inChunks(bytes, size))) {
            expect(chunk.length).toBeGreaterThan(0);
            position += chunk.length;
            ends.add(position);
          }
          expect(position).toBe(bytes.length);
          frames.reduce((end, frame) => {
            expect(ends).toContain(end + frame.length);
            return end + frame.length;
          }, 0);
        },
      ),
    );
  });

  it('changes no bytes of whatever data', async () => {
    const zstdLike = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.uint8Array({ maxLength: 100 }).map(rest =>
        // a frame header with random content
        Buffer.concat([Buffer.from('28b52ffd', 'hex'), rest]),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        zstdLike,
        fc.integer({ min: 1, max: 20 }),
        async (bytes, size) => {
          expect(await collect(splitZstdFrames(inChunks(bytes, size)))).toEqual(
            Buffer.from(bytes),
          );
        },
      ),
    );
  });
});
