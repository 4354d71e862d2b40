import { openByteSource, ByteSource, RpmSource } from './ByteSource';
import {
  HEADER_INTRO_BYTES,
  HeaderBlob,
  HeaderLimits,
  readHeaderIntro,
} from './HeaderBlob';
import { RpmHeaderError } from './RpmHeaderError';

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
 * Neither digests nor signatures are verified. Memory stays near the size of the headers that are
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
): Promise<{ blob: HeaderBlob; size: number }> {
  const { indexBytes, storeBytes } = readHeaderIntro(
    await bytes.read(HEADER_INTRO_BYTES),
    what,
    limits,
  );
  const content = await bytes.read(indexBytes + storeBytes);
  return {
    blob: new HeaderBlob(
      what,
      content.subarray(0, indexBytes),
      content.subarray(indexBytes),
    ),
    size: HEADER_INTRO_BYTES + content.length,
  };
}
