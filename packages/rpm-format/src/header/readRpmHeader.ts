import { createHash } from 'node:crypto';
import { openByteSource, ByteSource, RpmSource } from './ByteSource';
import {
  HEADER_INTRO_BYTES,
  HeaderBlob,
  HeaderLimits,
  readHeaderIntro,
} from './HeaderBlob';
import { RpmHeaderError } from './RpmHeaderError';
import { SignatureTag } from './tags';

const LEAD_BYTES = 96;
const LEAD_MAGIC = 0xedabeedb;
const LEAD_SIGNATURE_TYPE_AT = 78;
const HEADER_SIGNATURE_TYPE = 5;

// What rpm itself refuses beyond.
const SIGNATURE_LIMITS: HeaderLimits = {
  entries: 32,
  storeBytes: 64 * 1024 * 1024,
};
const MAX_ENTRIES = 65_535;
const MAX_STORE_BYTES = 256 * 1024 * 1024;

/** The headers of an .rpm file and where the main one is. */
export interface RpmHeader {
  signature: HeaderBlob;
  main: HeaderBlob;
  /** Byte range of the main header in the file, the end not included. */
  start: number;
  end: number;
}

export interface ReadRpmHeaderOptions {
  /** Largest main header that is read, in bytes; rpm's own limit of 256 MiB by default. */
  maxStoreBytes?: number;
}

/**
 * Reads the headers of an .rpm file (format versions 3, 4 and 6), never its payload.
 *
 * @remarks
 * The digest of the main header is verified where there is one, that of the payload is not, nor are
 * signatures. Memory stays near the size of the headers that are
 * really there, whatever sizes they claim.
 *
 * @throws RpmHeaderError for anything that is no whole and sound header; errors of the source as
 * they are
 */
export async function readRpmHeader(
  source: RpmSource,
  options: ReadRpmHeaderOptions = {},
): Promise<RpmHeader> {
  const bytes = await openByteSource(source);
  try {
    checkLead(await bytes.read(LEAD_BYTES));

    const signature = await readBlob(
      bytes,
      'signature header',
      SIGNATURE_LIMITS,
    );
    const padding = -signature.size & 7;
    await bytes.read(padding);

    const main = await readBlob(bytes, 'main header', {
      entries: MAX_ENTRIES,
      storeBytes: options.maxStoreBytes ?? MAX_STORE_BYTES,
    });
    checkDigest(signature.blob, main.bytes);
    const start = LEAD_BYTES + signature.size + padding;
    return {
      signature: signature.blob,
      main: main.blob,
      start,
      end: start + main.size,
    };
  } finally {
    await bytes.close();
  }
}

/**
 * How many bytes the whole file has, payload included, by its signature header; undefined where that
 * does not say so.
 */
export function statedFileSize(header: RpmHeader): number | undefined {
  const { signature, start } = header;
  const size =
    signature.number(SignatureTag.SIZE) ??
    signature.number(SignatureTag.LONGSIZE);
  return size === undefined ? undefined : start + size;
}

const DIGESTS = [
  ['sha256', SignatureTag.SHA256_OF_HEADER],
  ['sha1', SignatureTag.SHA1_OF_HEADER],
] as const;

/** The strongest digest counts; the oldest packages have none. */
function checkDigest(signature: HeaderBlob, main: readonly Buffer[]) {
  for (const [type, tag] of DIGESTS) {
    const expected = signature.text(tag);
    if (expected !== undefined) {
      const hash = createHash(type);
      for (const bytes of main) hash.update(bytes);
      if (hash.digest('hex') !== expected.toLowerCase()) {
        throw new RpmHeaderError(
          `its main header does not have the ${type} digest that it should`,
        );
      }
      return;
    }
  }
}

function checkLead(lead: Buffer) {
  if (lead.readUInt32BE(0) !== LEAD_MAGIC) {
    throw new RpmHeaderError('it does not begin as an RPM file does');
  }
  if (lead.readUInt16BE(LEAD_SIGNATURE_TYPE_AT) !== HEADER_SIGNATURE_TYPE) {
    throw new RpmHeaderError('it has no signature header');
  }
}

async function readBlob(
  bytes: ByteSource,
  what: string,
  limits: HeaderLimits,
): Promise<{ blob: HeaderBlob; size: number; bytes: Buffer[] }> {
  const intro = await bytes.read(HEADER_INTRO_BYTES);
  const { indexBytes, storeBytes } = readHeaderIntro(intro, what, limits);
  const content = await bytes.read(indexBytes + storeBytes);
  return {
    blob: new HeaderBlob(
      what,
      content.subarray(0, indexBytes),
      content.subarray(indexBytes),
    ),
    size: HEADER_INTRO_BYTES + content.length,
    bytes: [intro, content],
  };
}
