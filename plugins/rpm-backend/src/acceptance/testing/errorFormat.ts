/** Statuses of refusals that need no declaration: what HTTP itself has them for. */
export const REFUSALS = [400, 401, 403, 404, 405, 409, 413, 415, 503];

function isSentences(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(text => typeof text === 'string' && text !== '')
  );
}

function isDetail(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const [[key, text] = [], ...more] = Object.entries(body);
  return key === 'detail' && typeof text === 'string' && !!text && !more.length;
}

/** Sentences by field, or a bare list of sentences. */
function isInvalidInput(body: unknown): boolean {
  if (Array.isArray(body)) return isSentences(body);
  if (typeof body !== 'object' || body === null) return false;
  const messages = Object.values(body);
  return messages.length > 0 && messages.every(isSentences);
}

/**
 * Whether a refusal has the wire format: JSON, with sentences by field or in a list where the input
 * is at fault, else with one sentence as `detail`.
 *
 * @returns what is wrong with it; undefined when nothing is
 */
export function findErrorFault(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  text: string,
): string | undefined {
  if (!REFUSALS.includes(status)) return `${status} is no refusal`;
  const type = headers.get('content-type');
  if (type !== 'application/json') return `${status} of type ${type}`;
  const body = JSON.parse(text);
  const isRight = isDetail(body) || (status === 400 && isInvalidInput(body));
  if (!isRight) return `${status} with the body ${text}`;
  const isAsked = headers.get('www-authenticate')?.startsWith('Basic ');
  if (status === 401 && !isAsked) return '401 that asks for no credentials';
  return undefined;
}
