import fc from 'fast-check';
import { mkdtemp, readFile, rm } from 'fs/promises';
import type { IncomingMessage } from 'http';
import { tmpdir } from 'os';
import { join } from 'path';
import { Readable } from 'stream';
import { receiveMultipart } from './receiveMultipart';

jest.setTimeout(60_000);

const BOUNDARY = '--zoo';

interface Part {
  name: string;
  content: Uint8Array;
  file: boolean;
}

function compose(parts: readonly Part[]): Buffer {
  const pieces = parts.flatMap(({ name, content, file }) => [
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${
        file ? '; filename="f.rpm"' : ''
      }\r\n\r\n`,
    ),
    content,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

function cut(body: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < body.length; i++) {
    const size = sizes.length ? sizes[i % sizes.length] : body.length;
    pieces.push(body.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

/** As much of a request as is read. */
function requestOf(pieces: readonly Uint8Array[]): IncomingMessage {
  const stream = Readable.from(pieces, { objectMode: false });
  return Object.assign(stream, {
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    complete: true,
  }) as unknown as IncomingMessage;
}

/** Bytes that are likely to look like the end of a part. */
const contents = fc
  .array(
    fc.oneof(
      fc.constantFrom('\r', '\n', '\r\n', '-', '--', BOUNDARY, `--${BOUNDARY}`),
      fc.string(),
    ),
    { maxLength: 30 },
  )
  .map(texts => texts.join(''))
  .filter(text => !`\r\n${text}\r\n`.includes(`\r\n--${BOUNDARY}`))
  .map(text => Buffer.from(text));

const parts = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z_]{1,12}$/),
    content: contents,
    file: fc.boolean(),
  }),
  { maxLength: 8, selector: ({ name }) => name },
);
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 });

describe('receiveMultipart', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rpm-multipart-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const receive = (pieces: readonly Uint8Array[]) =>
    receiveMultipart(requestOf(pieces), folder, {
      fileSize: 1_000_000,
      isFileField: () => true,
    });

  it('finds every part whole, however the body is cut', async () => {
    await fc.assert(
      fc.asyncProperty(parts, sizes, async (sent, pieces) => {
        const { fields, files } = await receive(cut(compose(sent), pieces));
        const received: Record<string, string> = {};
        for (const [name, values] of fields) {
          expect(values).toHaveLength(1);
          [received[name]] = values;
        }
        for (const [name, { path, size }] of files) {
          const content = await readFile(path);
          expect(content.length).toBe(size);
          received[name] = content.toString();
        }
        expect(received).toEqual(
          Object.fromEntries(
            sent.map(({ name, content }) => [
              name,
              Buffer.from(content).toString(),
            ]),
          ),
        );
        expect([...files.keys()].sort()).toEqual(
          sent.flatMap(({ name, file }) => (file ? [name] : [])).sort(),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('refuses every body that ends too early', async () => {
    await fc.assert(
      fc.asyncProperty(
        parts.filter(all => all.length > 0),
        sizes,
        fc.nat(),
        async (sent, pieces, where) => {
          const whole = compose(sent);
          // The closing dashes are the last that counts.
          const end = where % (whole.length - 4);
          const cutOff = whole.subarray(0, end);
          await expect(receive(cut(cutOff, pieces))).rejects.toMatchObject({
            status: 400,
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('reads or refuses any bytes as a client error', async () => {
    const noise = fc
      .tuple(parts, fc.uint8Array({ maxLength: 60 }), fc.nat())
      .map(([sent, junk, where]) => {
        const whole = compose(sent);
        const at = where % (whole.length + 1);
        return Buffer.concat([whole.subarray(0, at), junk, whole.subarray(at)]);
      });
    await fc.assert(
      fc.asyncProperty(noise, sizes, async (body, pieces) => {
        await receive(cut(body, pieces)).catch(error => {
          expect(error.status ?? error.body).toBeDefined();
        });
      }),
      { numRuns: 150 },
    );
  });
});
