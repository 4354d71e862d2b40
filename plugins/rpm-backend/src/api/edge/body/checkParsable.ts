import { TooManyValuesError } from './bodyErrors';

/** Several times what a body may hold, for texts have them as well. */
const MOST_SEPARATORS = 1_000_000;

const [COMMA, LIST, OBJECT] = Buffer.from(',[{');

/**
 * Refuses JSON of so many values that to parse it would hold up everybody else for seconds, and take
 * ten times its size: a body of zeros, or of empty lists.
 *
 * @throws TooManyValuesError
 */
export function checkParsable(json: Uint8Array): void {
  if (json.length < MOST_SEPARATORS) return;
  let separators = 0;
  // Twenty times faster than an iterator: it looks at up to 32 MB.
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (byte === COMMA || byte === LIST || byte === OBJECT) separators += 1;
  }
  if (separators > MOST_SEPARATORS) throw new TooManyValuesError();
}
