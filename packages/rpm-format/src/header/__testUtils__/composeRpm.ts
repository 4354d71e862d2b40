const TYPES = { bin: 7, int16: 3, int32: 4, int64: 5 } as const;
const STRING = 6;
const STRING_ARRAY = 8;
const TRANSLATED = 9;

/** The value of a tag: a text, a list of texts, a text in several languages, numbers or bytes. */
export type TagValue =
  | string
  | string[]
  | { translated: string[] }
  | { int16: number[] }
  | { int32: number[] }
  | { int64: bigint[] }
  | { bin: Buffer };

/** An entry whose index says what a test wants, whether true or not. */
export interface RawEntry {
  tag: number;
  type: number;
  offset: number;
  count: number;
}

/** An `undefined` value leaves the tag out. */
export type TagMap = Record<number, TagValue | undefined>;

/** An .rpm file without payload: lead, signature header, main header. */
export function composeRpm(
  main: TagMap | Buffer,
  signature: TagMap = {},
): Buffer {
  const signatureHeader = composeHeader(signature);
  return Buffer.concat([
    composeLead(),
    signatureHeader,
    Buffer.alloc(-signatureHeader.length & 7),
    Buffer.isBuffer(main) ? main : composeHeader(main),
  ]);
}

export function composeLead(): Buffer {
  const lead = Buffer.alloc(96);
  lead.writeUInt32BE(0xedabeedb, 0);
  lead.writeUInt8(3, 4);
  lead.writeUInt16BE(5, 78);
  return lead;
}

/** A header structure with the values of `tags` and the entries of `raw`. */
export function composeHeader(tags: TagMap, raw: RawEntry[] = []): Buffer {
  const values: Buffer[] = [];
  let offset = 0;
  const entries = Object.entries(tags).flatMap(([tag, value]) => {
    if (value === undefined) {
      return [];
    }
    const { type, count, bytes } = encode(value);
    const entry = { tag: Number(tag), type, offset, count };
    values.push(bytes);
    offset += bytes.length;
    return [entry];
  });
  const all = [...entries, ...raw];
  return Buffer.concat([
    composeIntro(all.length, offset),
    ...all.map(entry =>
      words(entry.tag, entry.type, entry.offset, entry.count),
    ),
    ...values,
  ]);
}

/** The 16 bytes that say how long a header is. */
export function composeIntro(entries: number, storeBytes: number): Buffer {
  return words(0x8eade801, 0, entries, storeBytes);
}

function words(...numbers: number[]): Buffer {
  const buffer = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, i) => buffer.writeUInt32BE(number, 4 * i));
  return buffer;
}

function encode(value: TagValue): {
  type: number;
  count: number;
  bytes: Buffer;
} {
  if (typeof value === 'string') {
    return { type: STRING, count: 1, bytes: Buffer.from(`${value}\0`) };
  }
  if (Array.isArray(value)) {
    return { type: STRING_ARRAY, count: value.length, bytes: texts(value) };
  }
  if ('translated' in value) {
    const { translated } = value;
    return {
      type: TRANSLATED,
      count: translated.length,
      bytes: texts(translated),
    };
  }
  if ('bin' in value) {
    return { type: TYPES.bin, count: value.bin.length, bytes: value.bin };
  }
  if ('int64' in value) {
    const bytes = Buffer.alloc(8 * value.int64.length);
    value.int64.forEach((number, i) => bytes.writeBigUInt64BE(number, 8 * i));
    return { type: TYPES.int64, count: value.int64.length, bytes };
  }
  if ('int16' in value) {
    const bytes = Buffer.alloc(2 * value.int16.length);
    value.int16.forEach((number, i) => bytes.writeUInt16BE(number, 2 * i));
    return { type: TYPES.int16, count: value.int16.length, bytes };
  }
  const bytes = words(...value.int32);
  return { type: TYPES.int32, count: value.int32.length, bytes };
}

function texts(values: string[]): Buffer {
  return Buffer.from(values.map(text => `${text}\0`).join(''));
}
