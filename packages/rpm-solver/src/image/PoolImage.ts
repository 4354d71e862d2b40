import { findSections, verifyChecksum, type Sections } from './sections';

/**
 * What is known of a set of packages and modules, in bytes that threads share and that can be kept in
 * files. It says nothing of repositories. Made by `PoolBuilder` or {@link readImage}.
 */
export interface PoolImage {
  /** Over a `SharedArrayBuffer`. */
  readonly bytes: Uint8Array;
}

const sections = new WeakMap<Uint8Array, Sections>();

/**
 * Takes bytes from outside, say from a file. They are copied unless they are over a
 * `SharedArrayBuffer` already.
 *
 * @throws ImageFormatError when they are cut short, damaged or of another release.
 */
export function readImage(bytes: Uint8Array): PoolImage {
  const image = attachImage(toShared(bytes));
  verifyChecksum(image.bytes);
  return image;
}

/**
 * Takes the bytes of an image that another thread of this process has built or read: only their format
 * is looked at.
 *
 * @throws ImageFormatError
 */
export function attachImage(bytes: Uint8Array): PoolImage {
  sections.set(bytes, findSections(bytes));
  return { bytes };
}

export function sectionsOf({ bytes }: PoolImage): Sections {
  return sections.get(bytes) ?? findSections(bytes);
}

/** All units of an image, packages and modules alike, ascending. */
export function imageUnits(image: PoolImage): Int32Array {
  const { units, modules } = sectionsOf(image);
  const all = new Int32Array(units.length + moduleCount(modules));
  all.set(units);
  for (let id = 0; id < moduleCount(modules); id++) {
    all[units.length + id] = modules[id * MODULE_COLUMNS];
  }
  return all.sort();
}

/** Unit, and the texts of name, stream, version, context and architecture. */
export const MODULE_COLUMNS = 6;

export function moduleCount(modules: Int32Array): number {
  return modules.length / MODULE_COLUMNS;
}

function toShared(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer && bytes.byteOffset % 4 === 0) {
    return bytes;
  }
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
