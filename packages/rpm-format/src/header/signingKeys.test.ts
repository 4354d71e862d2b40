import { readRpmHeader } from './readRpmHeader';
import { signingKeys } from './signingKeys';
import { SignatureTag } from './tags';
import { TagMap, composeRpm } from './__testUtils__/composeRpm';

const FINGERPRINT = '0123456789abcdef0123456789abcdef01234567';
const KEY_ID = FINGERPRINT.slice(-16);

async function keysOf(signature: TagMap) {
  const bytes = composeRpm({}, signature);
  return signingKeys(
    await readRpmHeader(
      (async function* source() {
        yield bytes;
      })(),
    ),
  );
}

function hex(...parts: string[]): Buffer {
  return Buffer.from(parts.join(''), 'hex');
}

function subpacket(type: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([data.length + 1, type]), data]);
}

/** A version 4 signature (version 6 counts its areas in 32 bits) in a new-format packet. */
function packet(hashed: Buffer[], unhashed: Buffer[] = [], version = 4) {
  const area = (subpackets: Buffer[]) => {
    const content = Buffer.concat(subpackets);
    const count = Buffer.alloc(version === 4 ? 2 : 4);
    count.writeUIntBE(content.length, 0, count.length);
    return Buffer.concat([count, content]);
  };
  const body = Buffer.concat([
    Buffer.from([version, 0, 1, 8]),
    area(hashed),
    area(unhashed),
    hex('abcd', '0008', 'ff'),
  ]);
  return Buffer.concat([Buffer.from([0xc2, body.length]), body]);
}

const CREATED = subpacket(2, hex('65432100'));
const ISSUER_FINGERPRINT = subpacket(33, hex('04', FINGERPRINT));
const ISSUER = subpacket(16, hex(KEY_ID));

describe('signingKeys', () => {
  it('finds none in an unsigned package', async () => {
    expect(await keysOf({ 1007: { int32: [1] } })).toEqual([]);
  });

  it('prefers the fingerprint to the key id', async () => {
    expect(
      await keysOf({
        [SignatureTag.RSA_OF_HEADER]: {
          bin: packet([CREATED, ISSUER_FINGERPRINT], [ISSUER]),
        },
      }),
    ).toEqual([`v4:${FINGERPRINT}`]);
  });

  it('falls back to the key id, also of the unhashed area', async () => {
    expect(
      await keysOf({
        [SignatureTag.DSA_OF_HEADER]: { bin: packet([CREATED], [ISSUER]) },
      }),
    ).toEqual([`keyid:${KEY_ID}`]);
  });

  it('reads version 3 signatures in old-format packets', async () => {
    const body = hex('03', '05', '00', '65432100', KEY_ID, '01', '02', 'abcd');
    expect(
      await keysOf({
        [SignatureTag.PGP]: {
          bin: Buffer.concat([hex('89'), Buffer.from([0, body.length]), body]),
        },
      }),
    ).toEqual([`keyid:${KEY_ID}`]);
  });

  it('reads the armored signatures of package format 6', async () => {
    const fingerprint = FINGERPRINT.padEnd(64, '9');
    const signature = packet(
      [CREATED, subpacket(33, hex('06', fingerprint))],
      [],
      6,
    );
    expect(
      await keysOf({ [SignatureTag.OPENPGP]: [signature.toString('base64')] }),
    ).toEqual([`v6:${fingerprint}`]);
  });

  it('names a key once, and all keys', async () => {
    expect(
      await keysOf({
        [SignatureTag.RSA_OF_HEADER]: { bin: packet([ISSUER_FINGERPRINT]) },
        [SignatureTag.PGP]: { bin: packet([ISSUER_FINGERPRINT]) },
        [SignatureTag.GPG]: { bin: packet([ISSUER]) },
      }),
    ).toEqual([`v4:${FINGERPRINT}`, `keyid:${KEY_ID}`]);
  });

  it('passes over what it cannot read', async () => {
    const whole = packet([CREATED, ISSUER_FINGERPRINT]);
    const unreadable = [
      Buffer.alloc(0),
      hex('00'),
      hex('c2'),
      hex('c2ff'),
      hex('8b', '04'),
      hex('c1', '02', '0400'),
      hex('c2', '02', '0900'),
      whole.subarray(0, 8),
      packet([hex('00'), hex('05')]),
    ];
    for (const bin of unreadable) {
      expect(await keysOf({ [SignatureTag.PGP]: { bin } })).toEqual([]);
    }
  });
});
