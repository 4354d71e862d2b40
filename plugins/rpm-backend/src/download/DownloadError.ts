import { STATUS_CODES } from 'http';
import { TaskError } from '../tasks/errors';

interface DownloadErrorOptions {
  /** Another attempt may succeed. */
  transient?: boolean;
  /** The server's answer, if there was one; 404 for local files that are missing. */
  status?: number;
  /** How long the server asks to wait before the next attempt. */
  retryAfterMilliseconds?: number;
}

/** A file of a remote could not be fetched. The message is one sentence without secrets. */
export class DownloadError extends TaskError {
  readonly transient: boolean;
  readonly status: number | undefined;
  readonly retryAfterMilliseconds: number | undefined;

  constructor(
    code: string,
    message: string,
    options: DownloadErrorOptions = {},
  ) {
    super(code, message);
    this.transient = options.transient ?? false;
    this.status = options.status;
    this.retryAfterMilliseconds = options.retryAfterMilliseconds;
  }
}

/** Statuses that pass: overload, and servers behind a proxy that restart. */
const TRANSIENT_STATUSES = new Set([408, 425, 429]);

/** A server's refusal. */
export function statusError(
  url: string,
  status: number,
  retryAfterMilliseconds?: number,
): DownloadError {
  if (status === 407) return proxyLoginError(url);
  const text = STATUS_CODES[status] ?? 'unknown status';
  return new DownloadError(
    'PLP0025',
    `The server answered ${status} (${text}) for ${url}.`,
    {
      status,
      retryAfterMilliseconds,
      transient: status >= 500 || TRANSIENT_STATUSES.has(status),
    },
  );
}

function proxyLoginError(url: string): DownloadError {
  return new DownloadError(
    'PLP0010',
    `The proxy of the remote refuses its user name and password for ${url}.`,
  );
}

const TIMEOUTS = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const BROKEN = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);
const NAMES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);
const TLS =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$|UND_ERR_PRX_TLS)/;

/** What a failure of the transport means to the user. */
export function transportError(url: string, thrown: unknown): DownloadError {
  if (thrown instanceof DownloadError) return thrown;
  const error = thrown as Error & { code?: unknown };
  const code = typeof error.code === 'string' ? error.code : error.name;
  const proxy = /Proxy (?:response|Authentication Required) \((\d+)\)/.exec(
    error.message,
  );
  if (proxy) {
    return proxy[1] === '407'
      ? proxyLoginError(url)
      : new DownloadError(
          'PLP0027',
          `The proxy of the remote answered ${proxy[1]} for ${url}.`,
          { transient: Number(proxy[1]) >= 500 },
        );
  }
  if (TIMEOUTS.has(code) || error.name === 'TimeoutError') {
    return new DownloadError('PLP0005', `Fetching ${url} took too long.`, {
      transient: true,
    });
  }
  if (NAMES.has(code)) {
    return new DownloadError(
      'PLP0008',
      `The host name in ${url} cannot be resolved.`,
      { transient: true },
    );
  }
  if (TLS.test(code)) {
    return new DownloadError(
      'PLP0026',
      `No trusted connection could be made for ${url} (${code}).`,
    );
  }
  if (BROKEN.has(code)) {
    return new DownloadError(
      'PLP0027',
      `The connection broke off while ${url} was fetched.`,
      { transient: true },
    );
  }
  return new DownloadError(
    'PLP0027',
    `${url} could not be fetched (${code}).`,
    { transient: true },
  );
}
