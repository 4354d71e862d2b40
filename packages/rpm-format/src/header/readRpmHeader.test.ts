import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { packageFromHeader } from './packageFromHeader';
import { readRpmHeader, statedFileSize } from './readRpmHeader';
import { RpmHeaderError } from './RpmHeaderError';
import { signingKeys } from './signingKeys';
import { RpmTag, SignatureTag } from './tags';
import {
  composeHeader,
  composeIntro,
  composeLead,
  composeRpm,
  type TagMap,
} from './__testUtils__/composeRpm';

const RPM = composeRpm(
  {
    [RpmTag.NAME]: 'cart',
    [RpmTag.VERSION]: '1.0',
    [RpmTag.RELEASE]: '1',
    [RpmTag.ARCH]: 'noarch',
    [RpmTag.SOURCERPM]: 'cart-1.0-1.src.rpm',
    [RpmTag.SIZE]: { int32: [4000] },
    [RpmTag.BASENAMES]: ['cart', 'doc'],
    [RpmTag.DIRNAMES]: ['/usr/bin/', '/usr/share/'],
    [RpmTag.DIRINDEXES]: { int32: [0, 1] },
    [RpmTag.FILEMODES]: { int16: [0o100755, 0o040755] },
    [RpmTag.FILEFLAGS]: { int32: [0, 0] },
  },
  { [SignatureTag.PAYLOADSIZE]: { int32: [4321] } },
);
const PAYLOAD = Buffer.from('payload');

const FACTS = {
  pkgId: 'ab',
  checksumType: 'sha256',
  sizePackage: 1,
  timeFile: 2,
  locationHref: 'cart.rpm',
};

async function* chunks(bytes: Buffer, size = bytes.length) {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

/** A composed file whose main header has a healthy name and one entry as given. */
function withEntry(entry: { type: number; offset: number; count: number }) {
  return composeRpm(
    composeHeader({ [RpmTag.NAME]: 'cart' }, [
      { tag: RpmTag.SUMMARY, ...entry },
    ]),
  );
}

describe('readRpmHeader', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rpm-header-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads paths, open files and chunks of any size alike', async () => {
    const path = join(folder, 'cart.rpm');
    await writeFile(path, Buffer.concat([RPM, PAYLOAD]));
    const handle = await open(path);
    const headers = [
      await readRpmHeader(path),
      await readRpmHeader(handle),
      await readRpmHeader(chunks(RPM)),
      await readRpmHeader(chunks(RPM, 1)),
      await readRpmHeader(Readable.from([RPM, PAYLOAD])),
    ];
    expect((await handle.stat()).size).toBe(RPM.length + PAYLOAD.length);
    await handle.close();

    for (const header of headers) {
      expect(header.main.text(RpmTag.NAME)).toBe('cart');
      expect(header.signature.number(SignatureTag.PAYLOADSIZE)).toBe(4321);
      expect(header.end).toBe(RPM.length);
      expect(RPM.readUInt32BE(header.start)).toBe(0x8eade801);
    }
  });

  it('takes no more of a stream than holds the header, then closes it', async () => {
    let taken = 0;
    let closed = false;
    async function* endless() {
      try {
        yield RPM;
        for (;;) {
          taken++;
          yield PAYLOAD;
        }
      } finally {
        closed = true;
      }
    }
    await readRpmHeader(endless());
    expect({ taken, closed }).toEqual({ taken: 0, closed: true });
  });

  it('passes errors of the source on', async () => {
    async function* failing() {
      yield RPM.subarray(0, 100);
      throw new Error('connection lost');
    }
    await expect(readRpmHeader(failing())).rejects.toThrow('connection lost');
    await expect(
      readRpmHeader(join(folder, 'absent.rpm')),
    ).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'it ends within its header'],
    [
      'text',
      Buffer.from('no package '.repeat(50)),
      'it does not begin as an RPM file does',
    ],
    [
      'a lead without signature',
      Buffer.concat([composeLead().fill(0, 78, 80), RPM.subarray(96)]),
      'it has no signature header',
    ],
    [
      'wrong magic in the signature header',
      Buffer.concat([composeLead(), Buffer.alloc(100)]),
      'the signature header does not begin with its magic bytes',
    ],
    [
      'wrong magic in the main header',
      composeRpm(Buffer.alloc(100)),
      'the main header does not begin with its magic bytes',
    ],
    [
      'too many signatures',
      Buffer.concat([composeLead(), composeIntro(33, 0)]),
      'the signature header claims 33 entries, more than 32',
    ],
    [
      'a huge number of entries',
      composeRpm(composeIntro(0xffffffff, 0)),
      'the main header claims 4294967295 entries, more than 65535',
    ],
    [
      'a huge store',
      composeRpm(composeIntro(1, 0xffffffff)),
      'the main header claims 4294967295 bytes of data, more than 268435456',
    ],
    [
      'a large store that is not there',
      composeRpm(composeIntro(1, 0x0fffffff)),
      'it ends within its header',
    ],
    [
      'a number behind the store',
      withEntry({ type: 4, offset: 2, count: 1 }),
      'tag 1004 of the main header lies outside its data',
    ],
    [
      'an offset behind the store',
      withEntry({ type: 6, offset: 6, count: 1 }),
      'tag 1004 of the main header lies outside its data',
    ],
    [
      'a negative offset',
      withEntry({ type: 7, offset: 0xfffffff0, count: 16 }),
      'tag 1004 of the main header lies outside its data',
    ],
    [
      'a huge count',
      withEntry({ type: 8, offset: 0, count: 0xffffffff }),
      'tag 1004 of the main header lies outside its data',
    ],
    [
      'an unknown type',
      withEntry({ type: 10, offset: 0, count: 1 }),
      'tag 1004 of the main header has the unknown type 10',
    ],
  ])('refuses %s', async (_, bytes, reason) => {
    const sentence = `RPM file cannot be parsed for metadata: ${reason}`;
    const path = join(folder, 'refused.rpm');
    await writeFile(path, bytes);
    await expect(readRpmHeader(path)).rejects.toThrow(
      new RpmHeaderError(reason),
    );
    await expect(readRpmHeader(chunks(bytes, 50))).rejects.toMatchObject({
      name: 'RpmHeaderError',
      message: sentence,
    });
  });

  it('refuses a file that is cut anywhere within its header', async () => {
    for (let length = 0; length < RPM.length; length += 7) {
      await expect(
        readRpmHeader(chunks(RPM.subarray(0, length), 64)),
      ).rejects.toThrow('it ends within its header');
    }
  });

  it.each([
    ['sha256', SignatureTag.SHA256_OF_HEADER],
    ['sha1', SignatureTag.SHA1_OF_HEADER],
  ])('verifies the %s digest of the main header', async (type, tag) => {
    const main = composeHeader({ [RpmTag.NAME]: 'cart' });
    const digest = createHash(type).update(main).digest('hex');
    const right = composeRpm(main, { [tag]: digest });
    expect((await readRpmHeader(chunks(right))).main.text(RpmTag.NAME)).toBe(
      'cart',
    );
    const changed = composeHeader({ [RpmTag.NAME]: 'cost' });
    await expect(
      readRpmHeader(chunks(composeRpm(changed, { [tag]: digest }))),
    ).rejects.toThrow(
      `RPM file cannot be parsed for metadata: its main header does not have the ${type} digest`,
    );
  });

  it('tells how long the whole file should be, where its signature says so', async () => {
    const stated = async (signature: TagMap) =>
      statedFileSize(
        await readRpmHeader(
          chunks(composeRpm({ [RpmTag.NAME]: 'cart' }, signature)),
        ),
      );
    const { start } = await readRpmHeader(
      chunks(
        composeRpm(
          { [RpmTag.NAME]: 'cart' },
          { [SignatureTag.SIZE]: { int32: [1000] } },
        ),
      ),
    );
    expect(await stated({})).toBeUndefined();
    expect(await stated({ [SignatureTag.SIZE]: { int32: [1000] } })).toBe(
      start + 1000,
    );
    expect(
      await stated({ [SignatureTag.LONGSIZE]: { int64: [5_000_000_000n] } }),
    ).toBeGreaterThan(5_000_000_000);
  });

  it('refuses more data than the caller allows', async () => {
    await expect(
      readRpmHeader(chunks(RPM), { maxStoreBytes: 10 }),
    ).rejects.toThrow(/bytes of data, more than 10$/);
  });

  it('refuses lists of millions of empty texts', async () => {
    const entries = 65;
    const store = Buffer.alloc(65_536);
    const index = Array.from({ length: entries }, () => {
      const entry = Buffer.alloc(16);
      entry.writeUInt32BE(RpmTag.BASENAMES, 0);
      entry.writeUInt32BE(8, 4);
      entry.writeUInt32BE(store.length, 12);
      return entry;
    });
    const bytes = composeRpm(
      Buffer.concat([composeIntro(entries, store.length), ...index, store]),
    );
    await expect(readRpmHeader(chunks(bytes))).rejects.toThrow(
      'the main header claims 4259840 texts, more than 4194304',
    );
  });

  it('answers damaged files with a package or an error of its own', async () => {
    const damage = fc.record({
      at: fc.nat({ max: RPM.length - 1 }),
      value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0xff), fc.nat({ max: 255 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        async changes => {
          const bytes = Buffer.from(RPM);
          for (const { at, value } of changes) {
            bytes[at] = value;
          }
          try {
            const header = await readRpmHeader(chunks(bytes));
            packageFromHeader(header, FACTS);
            signingKeys(header);
          } catch (error) {
            expect(error).toBeInstanceOf(RpmHeaderError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
