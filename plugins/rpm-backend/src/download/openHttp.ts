import { request, type Dispatcher } from 'undici';
import { DownloadError, statusError, transportError } from './DownloadError';
import { describeUrl } from './locations';
import type { Download } from './types';

const MAX_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const USER_AGENT = 'backstage-plugin-rpm';

/** What a request needs besides its address. */
export interface HttpContext {
  dispatcher: Dispatcher;
  /** Headers and query that only this origin may see. */
  trusted: { origin: string; headers: Record<string, string>; query: string };
  /** @throws DownloadError when a host may not be reached */
  checkHost(url: URL): void;
  signal: AbortSignal | undefined;
  /** For the whole request. */
  timeoutMilliseconds: number | undefined;
}

function retryAfter(value: string | undefined): number | undefined {
  if (!value) return undefined;
  const seconds = Number(value);
  const milliseconds = Number.isNaN(seconds)
    ? Date.parse(value) - Date.now()
    : seconds * 1000;
  return milliseconds > 0 ? milliseconds : undefined;
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function nextUrl(from: URL, location: string | undefined): URL {
  const shown = describeUrl(from);
  if (!location || !URL.canParse(location, from)) {
    throw new DownloadError(
      'RPM0004',
      `${shown} redirects to an address that is not valid.`,
    );
  }
  const url = new URL(location, from);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new DownloadError(
      'PLP0009',
      `${shown} redirects to an address that is not on the web.`,
    );
  }
  return url;
}

/** One attempt to open a file, following redirects by hand: each hop is checked. */
export async function openHttp(
  url: URL,
  context: HttpContext,
  range?: string,
): Promise<Download> {
  const { timeoutMilliseconds, signal } = context;
  const signals = [
    ...(signal ? [signal] : []),
    ...(timeoutMilliseconds ? [AbortSignal.timeout(timeoutMilliseconds)] : []),
  ];
  const attempt = {
    ...context,
    range,
    either: signals.length ? AbortSignal.any(signals) : undefined,
  };
  let current = url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const answer = await ask(current, attempt);
    if (!(answer instanceof URL)) return answer;
    current = answer;
  }
  throw new DownloadError(
    'RPM0004',
    `${describeUrl(url)} redirects more than ${MAX_REDIRECTS} times.`,
  );
}

interface Attempt extends HttpContext {
  /** Aborted by the caller or by the time limit. */
  either: AbortSignal | undefined;
  range: string | undefined;
}

/** @returns what the server sends, or where it redirects to */
async function ask(url: URL, attempt: Attempt): Promise<Download | URL> {
  attempt.checkHost(url);
  const shown = describeUrl(url);
  const failure = (error: unknown) =>
    attempt.signal?.aborted
      ? attempt.signal.reason
      : transportError(shown, error);

  const response = await send(url, attempt).catch(error => {
    throw failure(error);
  });
  const { statusCode: status, headers, body } = response;
  if (status === 200 || (status === 206 && attempt.range)) {
    const size = text(headers['content-length']);
    return {
      status,
      url: shown,
      size: size === undefined ? undefined : Number(size),
      contentType: text(headers['content-type']),
      contentRange: text(headers['content-range']),
      body: readBody(body, failure),
      close: async () => void body.on('error', () => {}).destroy(),
    };
  }
  // Short answers are read to their end, which keeps the connection.
  await body.dump({ limit: 4096, signal: attempt.either }).catch(() => {});
  if (REDIRECTS.has(status)) return nextUrl(url, text(headers.location));
  throw statusError(shown, status, retryAfter(text(headers['retry-after'])));
}

function send(
  url: URL,
  { dispatcher, trusted, either, range }: Attempt,
): Promise<Dispatcher.ResponseData> {
  const target = new URL(url);
  const own = target.origin === trusted.origin;
  if (own && trusted.query && !target.search) target.search = trusted.query;
  return request(target, {
    dispatcher,
    signal: either,
    headers: {
      'user-agent': USER_AGENT,
      // Compressed once more, files would not have their size and checksum.
      'accept-encoding': 'identity',
      ...(own && trusted.headers),
      ...(range && { range }),
    },
  });
}

async function* readBody(
  body: AsyncIterable<Uint8Array>,
  failure: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await chunks.next().catch(error => {
        throw failure(error);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}
