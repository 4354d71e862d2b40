import type { RpmHeader } from './readRpmHeader';
import { SignatureTag } from './tags';

const SIGNATURE_PACKET = 2;
const ISSUER_KEY_ID = 16;
const ISSUER_FINGERPRINT = 33;

/**
 * The keys that a package says it is signed with: `v4:<fingerprint>` (`v6:` for such keys), or
 * `keyid:<16 digits>` where the signature names no fingerprint, in lower-case hexadecimal.
 *
 * @remarks
 * Nothing is verified. Signatures that cannot be read are passed over.
 */
export function signingKeys({ signature }: RpmHeader): string[] {
  const binary = [
    SignatureTag.RSA_OF_HEADER,
    SignatureTag.DSA_OF_HEADER,
    SignatureTag.PGP,
    SignatureTag.GPG,
  ].flatMap(tag => signature.bytes(tag) ?? []);
  const armored = signature
    .texts(SignatureTag.OPENPGP)
    .map(text => Buffer.from(text, 'base64'));
  const keys = [...binary, ...armored].flatMap(
    packets => issuerOf(packets) ?? [],
  );
  return [...new Set(keys)];
}

function issuerOf(packets: Buffer): string | undefined {
  try {
    const body = signatureBody(packets);
    return body && issuerOfSignature(body);
  } catch (error) {
    if (isReadBehindEnd(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Where a wrong length leads. Told by its code, since every realm has a RangeError of its own. */
function isReadBehindEnd(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_OUT_OF_RANGE' || code === 'ERR_BUFFER_OUT_OF_BOUNDS';
}

/** The body of the first packet if that is a signature: RFC 9580, section 4.2. */
function signatureBody(packets: Buffer): Buffer | undefined {
  const head = packets.readUInt8(0);
  if ((head & 0x40) !== 0) {
    const { length, start } = readLength(packets, 1);
    return (head & 0x3f) === SIGNATURE_PACKET
      ? packets.subarray(start, start + length)
      : undefined;
  }
  const lengthBytes = [1, 2, 4][head & 3];
  if (((head >> 2) & 0xf) !== SIGNATURE_PACKET || !lengthBytes) {
    return undefined;
  }
  const start = 1 + lengthBytes;
  return packets.subarray(start, start + packets.readUIntBE(1, lengthBytes));
}

/** RFC 9580, section 5.2. */
function issuerOfSignature(body: Buffer): string | undefined {
  const version = body.readUInt8(0);
  if (version === 3) {
    return keyId(body.subarray(7, 15));
  }
  if (version !== 4 && version !== 6) {
    return undefined;
  }
  const countBytes = version === 4 ? 2 : 4;
  const hashedAt = 4 + countBytes;
  const hashedEnd = hashedAt + body.readUIntBE(4, countBytes);
  const unhashedAt = hashedEnd + countBytes;
  const unhashedEnd = unhashedAt + body.readUIntBE(hashedEnd, countBytes);
  const subpackets = [
    ...readSubpackets(body.subarray(hashedAt, hashedEnd)),
    ...readSubpackets(body.subarray(unhashedAt, unhashedEnd)),
  ];

  const fingerprint = subpackets.find(
    ({ type, data }) => type === ISSUER_FINGERPRINT && data.length > 1,
  );
  if (fingerprint) {
    const [keyVersion] = fingerprint.data;
    return `v${keyVersion}:${fingerprint.data.toString('hex', 1)}`;
  }
  const issuer = subpackets.find(({ type }) => type === ISSUER_KEY_ID);
  return issuer && keyId(issuer.data);
}

function readSubpackets(area: Buffer): { type: number; data: Buffer }[] {
  const subpackets = [];
  let at = 0;
  while (at < area.length) {
    const { length, start } = readLength(area, at);
    // the highest bit of the type only says whether the subpacket is critical
    const type = area.readUInt8(start) & 0x7f;
    at = start + Math.max(length, 1);
    subpackets.push({ type, data: area.subarray(start + 1, at) });
  }
  return subpackets;
}

function readLength(
  buffer: Buffer,
  at: number,
): { length: number; start: number } {
  const first = buffer.readUInt8(at);
  if (first < 192) {
    return { length: first, start: at + 1 };
  }
  if (first < 255) {
    return {
      length: (first - 192) * 256 + buffer.readUInt8(at + 1) + 192,
      start: at + 2,
    };
  }
  return { length: buffer.readUInt32BE(at + 1), start: at + 5 };
}

function keyId(bytes: Buffer): string | undefined {
  return bytes.length === 8 ? `keyid:${bytes.toString('hex')}` : undefined;
}
