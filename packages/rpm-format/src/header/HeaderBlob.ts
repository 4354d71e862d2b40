import { isUtf8 } from 'node:buffer';
import { RpmHeaderError } from './RpmHeaderError';

const MAGIC = 0x8eade801;
/** Bytes before the index: magic, reserved, number of entries, length of the store. */
export const HEADER_INTRO_BYTES = 16;
const ENTRY_BYTES = 16;

/** How large a header may claim to be. */
export interface HeaderLimits {
  entries: number;
  storeBytes: number;
}

// The texts of the largest real packages are some hundred thousand. A store of empty texts would
// otherwise become one string each, many times its own size.
const MAX_TEXTS = 4 * 1024 * 1024;

const Type = {
  NULL: 0,
  CHAR: 1,
  INT8: 2,
  INT16: 3,
  INT32: 4,
  INT64: 5,
  STRING: 6,
  BIN: 7,
  STRING_ARRAY: 8,
  I18NSTRING: 9,
} as const;

const FIXED_SIZES: Partial<Record<number, number>> = {
  [Type.CHAR]: 1,
  [Type.INT8]: 1,
  [Type.INT16]: 2,
  [Type.INT32]: 4,
  [Type.INT64]: 8,
  [Type.BIN]: 1,
};

interface Entry {
  type: number;
  offset: number;
  count: number;
}

/**
 * Reads how long index and store are from the 16 bytes before them.
 *
 * @throws RpmHeaderError when the magic is wrong or a limit is exceeded
 */
export function readHeaderIntro(
  intro: Buffer,
  what: string,
  limits: HeaderLimits,
): { indexBytes: number; storeBytes: number } {
  if (intro.readUInt32BE(0) !== MAGIC) {
    throw new RpmHeaderError(`the ${what} does not begin with its magic bytes`);
  }
  const entries = intro.readUInt32BE(8);
  const storeBytes = intro.readUInt32BE(12);
  if (entries > limits.entries) {
    throw new RpmHeaderError(
      `the ${what} claims ${entries} entries, more than ${limits.entries}`,
    );
  }
  if (storeBytes > limits.storeBytes) {
    throw new RpmHeaderError(
      `the ${what} claims ${storeBytes} bytes of data, more than ${limits.storeBytes}`,
    );
  }
  return { indexBytes: entries * ENTRY_BYTES, storeBytes };
}

/**
 * One header structure of an .rpm file: an index of tags and the store with their values.
 *
 * @remarks
 * Values are decoded when asked for. All positions are checked, so no content makes it read outside
 * the store. Texts that are not UTF-8 are read as Latin-1, which old packages use.
 */
export class HeaderBlob {
  readonly #what: string;
  readonly #store: Buffer;
  readonly #entries = new Map<number, Entry>();

  /**
   * @param what - how errors call it
   * @throws RpmHeaderError when an entry lies outside the store
   */
  constructor(what: string, index: Buffer, store: Buffer) {
    this.#what = what;
    this.#store = store;
    let texts = 0;
    for (let at = 0; at < index.length; at += ENTRY_BYTES) {
      const tag = index.readUInt32BE(at);
      const entry = {
        type: index.readUInt32BE(at + 4),
        offset: index.readUInt32BE(at + 8),
        count: index.readUInt32BE(at + 12),
      };
      this.#check(tag, entry);
      if (FIXED_SIZES[entry.type] === undefined) {
        texts += entry.count;
      }
      if (!this.#entries.has(tag)) {
        this.#entries.set(tag, entry);
      }
    }
    if (texts > MAX_TEXTS) {
      throw new RpmHeaderError(
        `the ${what} claims ${texts} texts, more than ${MAX_TEXTS}`,
      );
    }
  }

  has(tag: number): boolean {
    return this.#entries.has(tag);
  }

  /** The text of a tag; of a translated text the first, which is the untranslated one. */
  text(tag: number): string | undefined {
    const entry = this.#entry(tag, 'a text', [Type.STRING, Type.I18NSTRING]);
    return entry && this.#readTexts(tag, entry, 1)[0];
  }

  /** The texts of a list; an absent one is empty. */
  texts(tag: number): string[] {
    const entry = this.#entry(tag, 'a list of texts', [
      Type.STRING_ARRAY,
      Type.I18NSTRING,
      Type.STRING,
    ]);
    return entry ? this.#readTexts(tag, entry, entry.count) : [];
  }

  /** The first number of a tag. Those above 2^53 lose precision. */
  number(tag: number): number | undefined {
    return this.#readNumbers(tag, 1)[0];
  }

  /** The numbers of a list, taken as unsigned; an absent one is empty. */
  numbers(tag: number): number[] {
    return this.#readNumbers(tag, Infinity);
  }

  bytes(tag: number): Buffer | undefined {
    const entry = this.#entry(tag, 'binary data', [Type.BIN]);
    return (
      entry && this.#store.subarray(entry.offset, entry.offset + entry.count)
    );
  }

  #check(tag: number, { type, offset, count }: Entry) {
    if (type > Type.I18NSTRING) {
      throw new RpmHeaderError(
        `tag ${tag} of the ${this.#what} has the unknown type ${type}`,
      );
    }
    const size = FIXED_SIZES[type] ?? (type === Type.NULL ? 0 : 1);
    if (
      offset > this.#store.length ||
      count * size > this.#store.length - offset
    ) {
      throw new RpmHeaderError(
        `tag ${tag} of the ${this.#what} lies outside its data`,
      );
    }
  }

  #entry(tag: number, expected: string, types: number[]): Entry | undefined {
    const entry = this.#entries.get(tag);
    if (entry && !types.includes(entry.type)) {
      throw new RpmHeaderError(
        `tag ${tag} of the ${this.#what} is not ${expected}`,
      );
    }
    return entry;
  }

  #readTexts(tag: number, entry: Entry, count: number): string[] {
    const texts: string[] = [];
    let at = entry.offset;
    for (let i = 0; i < count; i++) {
      const end = this.#store.indexOf(0, at);
      if (end < 0) {
        throw new RpmHeaderError(
          `tag ${tag} of the ${this.#what} lies outside its data`,
        );
      }
      texts.push(decodeText(this.#store.subarray(at, end)));
      at = end + 1;
    }
    return texts;
  }

  #readNumbers(tag: number, limit: number): number[] {
    const entry = this.#entry(tag, 'a number', [
      Type.INT8,
      Type.INT16,
      Type.INT32,
      Type.INT64,
    ]);
    if (!entry) {
      return [];
    }
    const size = FIXED_SIZES[entry.type]!;
    return Array.from({ length: Math.min(entry.count, limit) }, (_, i) => {
      const at = entry.offset + i * size;
      return size === 8
        ? Number(this.#store.readBigUInt64BE(at))
        : this.#store.readUIntBE(at, size);
    });
  }
}

function decodeText(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
