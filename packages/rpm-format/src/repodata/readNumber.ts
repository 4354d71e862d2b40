import { MetadataKind, RepodataError } from '../metadata';

/**
 * Reads a size, a count or a time in Unix seconds; `undefined` when it is absent or empty.
 *
 * @remarks
 * Fractions of seconds, as early tools wrote them, are dropped. `what` names the number in the error.
 */
export function readNumber(
  kind: MetadataKind,
  what: string,
  text: string | undefined,
): number | undefined {
  if (text === undefined || text === '') {
    return undefined;
  }
  const number = /^\d+(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : NaN;
  if (!Number.isSafeInteger(number)) {
    throw new RepodataError(
      kind,
      `has ${what} "${text.slice(0, 40)}", which is not a whole number`,
    );
  }
  return number;
}
