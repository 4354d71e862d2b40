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

// One marker per kind of segment, in the order in which rpm ranks them. Markers are digits, hence
// below every letter: a letter run needs no terminator, the marker that follows is one.
const MARK_TILDE = '1';
const MARK_END = '2';
const MARK_CARET = '3';
const MARK_LETTERS = '4';
const MARK_DIGITS = '5';

/**
 * An ASCII text whose byte order is the order of `compareEvr`: two keys are equal exactly when the
 * comparison says 0.
 *
 * @remarks
 * For database columns with binary collation (SQLite's default, `COLLATE "C"` in PostgreSQL). It
 * consists of letters and digits only and is at most about twice as long as the EVR. Numbers of any
 * length are kept: each is preceded by its length, lengths from ten on by the length of the length.
 */
export function evrSortKey(evr: Evr): string {
  return (
    numberKey(evr.epoch, skipZeros(evr.epoch, 0), evr.epoch.length) +
    versionKey(evr.version) +
    versionKey(evr.release)
  );
}

function versionKey(text: string): string {
  let key = '';
  let at = skipSeparators(text, 0);
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === TILDE) {
      key += MARK_TILDE;
      at++;
    } else if (code === CARET) {
      key += MARK_CARET;
      at++;
    } else if (isDigit(code)) {
      const end = endOfDigits(text, at);
      key += MARK_DIGITS + numberKey(text, skipZeros(text, at), end);
      at = end;
    } else {
      const end = endOfLetters(text, at);
      key += MARK_LETTERS + text.slice(at, end);
      at = end;
    }
    at = skipSeparators(text, at);
  }
  return key + MARK_END;
}

/** The number at `[start, end)`, without leading zeros, such that longer ones sort higher. */
function numberKey(text: string, start: number, end: number): string {
  const length = end - start;
  const digits = text.slice(start, end);
  if (length < 10) {
    return length + digits;
  }
  const lengthText = String(length);
  return String.fromCharCode(63 + lengthText.length) + lengthText + digits;
}
