export const TILDE = 126;
export const CARET = 94;
export const ZERO = 48;

/** ASCII only: everything else separates, whatever the locale says of it. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** The first position from `start` on that takes part in a comparison; `text.length` when none does. */
export function skipSeparators(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isDigit(code) || isLetter(code) || code === TILDE || code === CARET) {
      break;
    }
    at++;
  }
  return at;
}

export function endOfDigits(text: string, start: number): number {
  let at = start;
  while (at < text.length && isDigit(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

export function endOfLetters(text: string, start: number): number {
  let at = start;
  while (at < text.length && isLetter(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

export function skipZeros(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === ZERO) {
    at++;
  }
  return at;
}
