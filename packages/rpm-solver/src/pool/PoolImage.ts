import type { ModuleRecord, PackageRecord } from './records';

/**
 * What is known of a set of packages and modules, in bytes that threads share and that can be kept in
 * files. Says nothing of repositories.
 */
export interface PoolImage {
  /** Over a `SharedArrayBuffer`. */
  readonly bytes: Uint8Array;
}

/** Bytes that are no image, or one of another release. */
export class ImageFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImageFormatError';
  }
}

/** The records that an image is made of. */
export interface ImageRecords {
  format: number;
  packages: PackageRecord[];
  modules: ModuleRecord[];
}

const FORMAT = 0;
const opened = new WeakMap<Uint8Array, ImageRecords>();

/** @throws ImageFormatError */
export function readImage(bytes: Uint8Array): PoolImage {
  recordsOf({ bytes });
  return { bytes };
}

/** All units of an image, packages and modules alike, ascending. */
export function imageUnits(image: PoolImage): Int32Array {
  const { packages, modules } = recordsOf(image);
  return Int32Array.from([...packages, ...modules], ({ unit }) => unit).sort();
}

export function recordsOf({ bytes }: PoolImage): ImageRecords {
  let records = opened.get(bytes);
  if (!records) {
    try {
      records = JSON.parse(Buffer.from(bytes).toString()) as ImageRecords;
    } catch (error) {
      throw new ImageFormatError(`Not an image of packages: ${error}`);
    }
    if (records.format !== FORMAT) {
      throw new ImageFormatError('An image of another release');
    }
    opened.set(bytes, records);
  }
  return records;
}

export function imageOf(
  packages: Iterable<PackageRecord>,
  modules: Iterable<ModuleRecord>,
): PoolImage {
  const text = Buffer.from(
    JSON.stringify({
      format: FORMAT,
      packages: [...packages],
      modules: [...modules],
    }),
  );
  const bytes = new Uint8Array(new SharedArrayBuffer(text.length));
  bytes.set(text);
  return { bytes };
}
