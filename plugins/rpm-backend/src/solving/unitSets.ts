/** Ids of units in ascending order, each once; in memory that threads share. */
export type UnitSet = Int32Array<SharedArrayBuffer>;

export const NO_UNITS: UnitSet = allocate(0);

function allocate(count: number): UnitSet {
  return new Int32Array(
    new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT),
  );
}

/** @param ids - in any order, each once */
export function toUnitSet(ids: ArrayLike<number>): UnitSet {
  const set = allocate(ids.length);
  set.set(ids);
  return set.sort();
}

/** What is in one or the other. */
export function unite(a: UnitSet, b: UnitSet): UnitSet {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const both = allocate(a.length + b.length - countShared(a, b));
  let i = 0;
  let j = 0;
  for (let at = 0; at < both.length; at++) {
    if (j === b.length || (i < a.length && a[i] <= b[j])) {
      if (a[i] === b[j]) j += 1;
      both[at] = a[i];
      i += 1;
    } else {
      both[at] = b[j];
      j += 1;
    }
  }
  return both;
}

/** What is in the first and not in the second. */
export function without(a: UnitSet, b: UnitSet): UnitSet {
  const rest = allocate(a.length - countShared(a, b));
  if (rest.length === a.length) return a;
  let at = 0;
  let j = 0;
  for (const unit of a) {
    while (b[j] < unit) j += 1;
    if (b[j] !== unit) {
      rest[at] = unit;
      at += 1;
    }
  }
  return rest;
}

/** What is in both. */
export function intersect(a: UnitSet, b: UnitSet): UnitSet {
  return without(a, without(a, b));
}

export function countShared(a: UnitSet, b: UnitSet): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = a[i] - b[j];
    if (difference === 0) count += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return count;
}

/** Whether the first is all in the second. */
export function isWithin(a: UnitSet, b: UnitSet): boolean {
  return a.length <= b.length && countShared(a, b) === a.length;
}
