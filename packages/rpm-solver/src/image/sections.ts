import { crc32 } from 'node:zlib';

/** Bytes that are no image, or one of another release. */
export class ImageFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImageFormatError';
  }
}

/**
 * The number of the format: it changes with the sections, with what stands in them, with the hash of
 * texts and with how packages are read into them.
 */
export const IMAGE_FORMAT = 1;

/** What an image consists of, in this order. All are 32-bit integers, apart from `textBytes`. */
const SECTIONS = [
  'textStarts',
  'textHashes',
  'evrs',
  'relations',
  'richTexts',
  'richRelationStarts',
  'richRelations',
  'units',
  'names',
  'evrIds',
  'archIds',
  'archs',
  'requiresStarts',
  'requires',
  'conflictsStarts',
  'conflicts',
  'obsoletesStarts',
  'obsoletes',
  'recommendsStarts',
  'recommends',
  'supplementsStarts',
  'supplements',
  'providesStarts',
  'provides',
  'fileStarts',
  'fileHashes',
  'providingStarts',
  'providingPackages',
  'provided',
  'modules',
  'moduleRequiresStarts',
  'moduleRequires',
  'artifactStarts',
  'artifacts',
  'artifactPackageStarts',
  'artifactPackages',
  'moduleOfPackageStarts',
  'modulesOfPackage',
  'textBytes',
] as const;

type SectionName = (typeof SECTIONS)[number];

/** The parts of an image. */
export type Sections = Record<Exclude<SectionName, 'textBytes'>, Int32Array> & {
  textBytes: Uint8Array;
};

/** `RPMP` */
const MAGIC = 0x504d5052;
/** Where the checksum of all that follows it stands, in words. */
const CHECKSUM = 2;
/** Magic, format, checksum, length in bytes; then offset and length of each section in bytes. */
const HEADER = 4 + 2 * SECTIONS.length;
const WORD = Int32Array.BYTES_PER_ELEMENT;

/** Puts an image together in memory that threads share. */
export function writeSections(sections: Sections): Uint8Array {
  const header = [MAGIC, IMAGE_FORMAT, 0, 0];
  let end = HEADER * WORD;
  for (const name of SECTIONS) {
    const { byteLength } = sections[name];
    header.push(end, byteLength);
    end += Math.ceil(byteLength / WORD) * WORD;
  }
  header[3] = end;
  const buffer = new SharedArrayBuffer(end);
  const words = new Int32Array(buffer);
  words.set(header);
  SECTIONS.forEach((name, index) => {
    const section = sections[name];
    const start = header[4 + 2 * index];
    if (section instanceof Int32Array) {
      words.set(section, start / WORD);
    } else {
      new Uint8Array(buffer, start, section.length).set(section);
    }
  });
  const bytes = new Uint8Array(buffer);
  words[CHECKSUM] = checksumOf(bytes);
  return bytes;
}

/**
 * Looks at the format of an image and finds its sections, without a copy.
 *
 * @throws ImageFormatError
 */
export function findSections(bytes: Uint8Array): Sections {
  if (bytes.byteOffset % WORD !== 0 || bytes.length < HEADER * WORD) {
    throw new ImageFormatError('Too few bytes for an image of packages');
  }
  const header = new Int32Array(bytes.buffer, bytes.byteOffset, HEADER);
  if (header[0] !== MAGIC) {
    throw new ImageFormatError('Not an image of packages');
  }
  if (header[1] !== IMAGE_FORMAT) {
    throw new ImageFormatError(
      `An image of packages in format ${header[1]} instead of ${IMAGE_FORMAT}`,
    );
  }
  if (header[3] !== bytes.length) {
    throw new ImageFormatError(
      `An image of packages has ${bytes.length} bytes instead of ${header[3]}`,
    );
  }
  const entries = SECTIONS.map((name, index) => {
    const start = header[4 + 2 * index];
    const length = header[5 + 2 * index];
    if (
      start < HEADER * WORD ||
      start % WORD !== 0 ||
      length < 0 ||
      start + length > bytes.length
    ) {
      throw new ImageFormatError(`An image of packages has no ${name}`);
    }
    const offset = bytes.byteOffset + start;
    return [
      name,
      name === 'textBytes'
        ? new Uint8Array(bytes.buffer, offset, length)
        : new Int32Array(bytes.buffer, offset, length / WORD),
    ];
  });
  return Object.fromEntries(entries) as Sections;
}

/** @throws ImageFormatError when the bytes are not those that were written */
export function verifyChecksum(bytes: Uint8Array): void {
  const [checksum] = new Int32Array(
    bytes.buffer,
    bytes.byteOffset + CHECKSUM * WORD,
    1,
  );
  if (checksum !== checksumOf(bytes)) {
    throw new ImageFormatError('An image of packages is damaged');
  }
}

function checksumOf(bytes: Uint8Array): number {
  return crc32(bytes.subarray((CHECKSUM + 1) * WORD)) | 0;
}
