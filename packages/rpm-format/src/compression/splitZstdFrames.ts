const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const BLOCK_OF_ONE_REPEATED_BYTE = 1;

/** What comes next: bytes to be looked at or passed over, or the end of a frame. */
type Step = { look: number } | { pass: number } | 'frame-end';

/**
 * Cuts chunks of zstd data where a frame ends, so that none holds parts of two frames. Other data
 * is passed on as it is.
 */
export async function* splitZstdFrames(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const walk = walkFrames();
  let step = walk.next();
  let seen: number[] = [];
  let passed = 0;
  for await (const chunk of chunks) {
    let start = 0;
    let at = 0;
    while (!step.done) {
      if (step.value === 'frame-end') {
        if (at > start) {
          yield chunk.subarray(start, at);
        }
        start = at;
        step = walk.next([]);
      } else if ('look' in step.value && seen.length < step.value.look) {
        if (at === chunk.length) {
          break;
        }
        seen.push(chunk[at++]);
      } else if ('pass' in step.value && passed < step.value.pass) {
        if (at === chunk.length) {
          break;
        }
        const count = Math.min(step.value.pass - passed, chunk.length - at);
        passed += count;
        at += count;
      } else {
        step = walk.next(seen);
        seen = [];
        passed = 0;
      }
    }
    if (start < chunk.length) {
      yield chunk.subarray(start);
    }
  }
}

/** The parts of frames: RFC 8878, section 3.1. Ends at what is no frame. */
function* walkFrames(): Generator<Step, void, number[]> {
  for (;;) {
    const magic = littleEndian(yield { look: 4 });
    if (magic - (magic % 16) === SKIPPABLE_MAGIC) {
      yield { pass: littleEndian(yield { look: 4 }) };
    } else if (magic === FRAME_MAGIC) {
      yield* walkFrame();
    } else {
      return;
    }
    yield 'frame-end';
  }
}

function* walkFrame(): Generator<Step, void, number[]> {
  const [descriptor] = yield { look: 1 };
  const singleSegment = (descriptor & 0x20) !== 0;
  const windowBytes = singleSegment ? 0 : 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3];
  const sizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6];
  yield { pass: windowBytes + dictionaryBytes + sizeBytes };

  let last = false;
  while (!last) {
    const block = littleEndian(yield { look: 3 });
    last = (block & 1) !== 0;
    const repeated = ((block >> 1) & 3) === BLOCK_OF_ONE_REPEATED_BYTE;
    yield { pass: repeated ? 1 : block >> 3 };
  }
  const hasChecksum = (descriptor & 4) !== 0;
  yield { pass: hasChecksum ? 4 : 0 };
}

function littleEndian(bytes: number[]): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
