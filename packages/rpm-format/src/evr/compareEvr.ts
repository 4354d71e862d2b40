import type { Evr } from './Evr';
import {
  CARET,
  TILDE,
  endOfDigits,
  endOfLetters,
  isDigit,
  skipSeparators,
  skipZeros,
} from './characters';

/** `-1` when the first is older, `0` when they are equal, `1` when it is newer. */
export type Ordering = -1 | 0 | 1;

/**
 * Compares two versions, or two releases, by rpm's algorithm.
 *
 * @remarks
 * Digit runs compare as numbers, letter runs by their bytes, a number is newer than letters, `~`
 * is older than anything including the end, `^` newer than the end and older than anything else;
 * other characters only separate. Different texts may be equal: `1.0`, `1_00` and `1.0.` are.
 *
 * It allocates nothing, because the solver and the metadata writers call it millions of times, and
 * looks at character codes only, so the locale has no say.
 */
export function compareRpmVersion(a: string, b: string): Ordering {
  if (a === b) {
    return 0;
  }
  let i = 0;
  let j = 0;
  for (;;) {
    i = skipSeparators(a, i);
    j = skipSeparators(b, j);
    const codeA = i < a.length ? a.charCodeAt(i) : 0;
    const codeB = j < b.length ? b.charCodeAt(j) : 0;

    if (codeA === TILDE || codeB === TILDE) {
      if (codeA !== codeB) {
        return codeA === TILDE ? -1 : 1;
      }
      i++;
      j++;
      continue;
    }
    if (codeA === 0 || codeB === 0) {
      if (codeA === codeB) {
        return 0;
      }
      return codeA === 0 ? -1 : 1;
    }
    if (codeA === CARET || codeB === CARET) {
      if (codeA !== codeB) {
        return codeA === CARET ? -1 : 1;
      }
      i++;
      j++;
      continue;
    }

    const numeric = isDigit(codeA);
    if (numeric !== isDigit(codeB)) {
      return numeric ? 1 : -1;
    }
    const endA = numeric ? endOfDigits(a, i) : endOfLetters(a, i);
    const endB = numeric ? endOfDigits(b, j) : endOfLetters(b, j);
    if (numeric) {
      i = skipZeros(a, i);
      j = skipZeros(b, j);
      if (endA - i !== endB - j) {
        return endA - i < endB - j ? -1 : 1;
      }
    }
    const order = compareRuns(a, i, endA, b, j, endB);
    if (order !== 0) {
      return order;
    }
    i = endA;
    j = endB;
  }
}

/** Compares two epochs as numbers of any length; an empty one is 0. */
export function compareEpoch(a: string, b: string): Ordering {
  if (a === b) {
    return 0;
  }
  const i = skipZeros(a, 0);
  const j = skipZeros(b, 0);
  if (a.length - i !== b.length - j) {
    return a.length - i < b.length - j ? -1 : 1;
  }
  return compareRuns(a, i, a.length, b, j, b.length);
}

/** Compares epoch, then version, then release; a total order. An empty release is the oldest. */
export function compareEvr(a: Evr, b: Evr): Ordering {
  return (
    compareEpoch(a.epoch, b.epoch) ||
    compareRpmVersion(a.version, b.version) ||
    compareRpmVersion(a.release, b.release)
  );
}

function compareRuns(
  a: string,
  startA: number,
  endA: number,
  b: string,
  startB: number,
  endB: number,
): Ordering {
  let i = startA;
  let j = startB;
  while (i < endA && j < endB) {
    const difference = a.charCodeAt(i++) - b.charCodeAt(j++);
    if (difference !== 0) {
      return difference < 0 ? -1 : 1;
    }
  }
  if (i === endA && j === endB) {
    return 0;
  }
  return i === endA ? -1 : 1;
}
