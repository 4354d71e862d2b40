import type { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'crypto';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { isAllowedHost, type RemotePolicy } from '../remote/remoteRules';
import type { RemoteRecord } from '../remote/types';
import { ArtifactMismatchError } from '../storage';
import { boundSize } from './boundSize';
import { authorizationOf, createDispatcher } from './createDispatcher';
import { DownloadError } from './DownloadError';
import { describeUrl, resolveLocation } from './locations';
import { openHttp, type HttpContext } from './openHttp';
import { openLocal } from './openLocal';
import { Throttle } from './Throttle';
import type {
  Download,
  Downloader,
  ExpectedDownload,
  SizeBound,
} from './types';
import { writeVerified } from './writeVerified';

/** Pulp's defaults. */
const CONCURRENCY = 7;
const RETRIES = 4;

const BACKOFF_MILLISECONDS = 500;
const LONGEST_BACKOFF_MILLISECONDS = 60_000;

/** Fetches over HTTP and from allowed local folders, with the settings of a remote. */
export class RemoteDownloader implements Downloader {
  readonly #root: string;
  readonly #policy: RemotePolicy;
  readonly #logger: LoggerService;
  readonly #signal: AbortSignal | undefined;
  readonly #http: HttpContext;
  readonly #proxy: URL | undefined;
  readonly #throttle: Throttle;
  readonly #retries: number;
  readonly #backoff: number;

  /** @param options - `signal` ends everything that runs; `backoff` is the first wait */
  constructor(options: {
    remote: RemoteRecord;
    policy: RemotePolicy;
    logger: LoggerService;
    signal?: AbortSignal;
    backoffMilliseconds?: number;
  }) {
    const { remote, signal } = options;
    const { settings } = remote;
    const authorization = authorizationOf(remote);
    this.#root = remote.url;
    this.#policy = options.policy;
    this.#logger = options.logger;
    this.#signal = signal;
    this.#http = {
      dispatcher: createDispatcher(remote),
      trusted: {
        origin: new URL(remote.url).origin,
        headers: {
          ...Object.assign({}, ...(settings.headers ?? [])),
          ...(authorization && { authorization }),
        },
        query: settings.sles_auth_token ?? '',
      },
      checkHost: url => this.#checkHost(url),
      signal,
      timeoutMilliseconds: settings.total_timeout
        ? Math.ceil(settings.total_timeout * 1000)
        : undefined,
    };
    this.#proxy = settings.proxy_url ? new URL(settings.proxy_url) : undefined;
    this.#throttle = new Throttle({
      concurrency: settings.download_concurrency ?? CONCURRENCY,
      rate: settings.rate_limit ?? undefined,
      signal,
    });
    this.#retries = settings.max_retries ?? RETRIES;
    this.#backoff = options.backoffMilliseconds ?? BACKOFF_MILLISECONDS;
  }

  urlOf(location: string): string {
    return this.#locate(location).href;
  }

  fetch<T>(
    location: string,
    bound: SizeBound,
    consume: (download: Download) => Promise<T>,
  ): Promise<T> {
    return this.#retrying(async () => {
      const download = await this.#open(location, bound);
      try {
        return await consume(download);
      } finally {
        await download.close();
      }
    });
  }

  fetchToFile(
    location: string,
    folder: string,
    expected: ExpectedDownload,
  ): Promise<string> {
    return this.fetch(location, expected, async download => {
      const path = join(folder, randomUUID());
      await writeVerified(path, download, expected);
      return path;
    });
  }

  stream(
    location: string,
    bound: SizeBound,
    options: { range?: string } = {},
  ): Promise<Download> {
    return this.#retrying(() => this.#open(location, bound, options.range));
  }

  async close(): Promise<void> {
    await this.#http.dispatcher.destroy();
  }

  /** One attempt; what it opens keeps its turn until it is closed. */
  async #open(
    location: string,
    bound: SizeBound,
    range?: string,
  ): Promise<Download> {
    const url = this.#locate(location);
    await this.#throttle.acquire();
    let open = true;
    const release = () => {
      if (open) this.#throttle.release();
      open = false;
    };
    try {
      const download =
        url.protocol === 'file:'
          ? await openLocal(url, this.#policy)
          : await this.#openWeb(url, range);
      return {
        ...download,
        body: releasing(boundSize(download.body, download.url, bound), release),
        close: async () => {
          release();
          await download.close();
        },
      };
    } catch (error) {
      release();
      throw error;
    }
  }

  #openWeb(url: URL, range: string | undefined): Promise<Download> {
    // The configuration may be stricter now than when the remote was written.
    if (this.#proxy) this.#checkHost(this.#proxy);
    return openHttp(url, this.#http, range);
  }

  async #retrying<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (attempt >= this.#retries || !mayPass(error, attempt)) throw error;
        this.#logger.info(`Trying again: ${error.message}`);
        await sleep(this.#waitAfter(error, attempt), undefined, {
          signal: this.#signal,
        });
      }
    }
  }

  #waitAfter(error: Error, attempt: number): number {
    const asked =
      error instanceof DownloadError ? error.retryAfterMilliseconds : undefined;
    // Spread out, so that replicas and parallel downloads do not come back in step.
    const usual = this.#backoff * 2 ** attempt * (0.5 + Math.random() / 2);
    return Math.min(asked ?? usual, LONGEST_BACKOFF_MILLISECONDS);
  }

  #locate(location: string): URL {
    const root = new URL(this.#root);
    const refused = (reason: string) =>
      new DownloadError(
        'PLP0009',
        `${describeUrl(root)} names a location that ${reason}.`,
      );
    let url: URL;
    try {
      url = resolveLocation(this.#root, location);
    } catch {
      throw refused('is not a valid address');
    }
    // Else the metadata of any server could read what operators have laid out for imports.
    if (url.protocol === 'file:' && root.protocol !== 'file:') {
      throw refused('is a local file');
    }
    return url;
  }

  #checkHost(url: URL): void {
    if (!isAllowedHost(url, this.#policy)) {
      throw new DownloadError(
        'RPM0004',
        `${describeUrl(
          url,
        )} is on a host that the configuration does not allow.`,
      );
    }
  }
}

/** A wrong file may come from a mirror in mid-update: worth one more attempt, not many. */
function mayPass(error: unknown, attempt: number): error is Error {
  return error instanceof DownloadError
    ? error.transient
    : error instanceof ArtifactMismatchError && attempt === 0;
}

async function* releasing(
  body: AsyncIterable<Uint8Array>,
  release: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    release();
  }
}
