/** Between the entries of a packed list. */
export const RECORD = '\x1e';
/** Between the parts of one entry. */
export const UNIT = '\x1f';

/** All control characters besides tab, line feed and carriage return. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f]/;
const EVERY_CONTROL = new RegExp(CONTROL, 'g');

/**
 * Takes control characters out of a text. They cannot stand in XML, PostgreSQL refuses NUL, and two
 * of them are the separators of packed lists.
 */
export function cleanText(text: string): string {
  return CONTROL.test(text) ? text.replace(EVERY_CONTROL, '') : text;
}

/** Joins entries, each the parts that {@link splitEntries} gives back; none is the empty text. */
export function joinEntries(entries: readonly string[]): string {
  return entries.join(RECORD);
}

export function splitEntries(packed: string): string[] {
  return packed === '' ? [] : packed.split(RECORD);
}
