import type { RemoteRecord } from '../remote/types';
import type { ChecksumType } from '../storage';

/** What is read from a remote. The body is to be consumed once, or the download closed. */
export interface Download {
  /** 200, or 206 when a range was asked for and the server obeyed. */
  readonly status: number;
  /** Where it came from after redirects, without credentials. */
  readonly url: string;
  /** Bytes of the body, where the server says so. */
  readonly size: number | undefined;
  readonly contentType: string | undefined;
  readonly contentRange: string | undefined;
  /** Fails with a {@link DownloadError} when it breaks off or is larger than allowed. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Gives up on what has not been read. */
  close(): Promise<void>;
}

/** How large a file may be: exactly what is announced, or at most so many bytes. */
export type SizeBound = { size: number } | { maxSize: number };

/** What a fetched file must be like. */
export type ExpectedDownload = SizeBound & {
  checksum?: { type: ChecksumType; value: string };
};

/**
 * Fetches the files of one remote. Locations are absolute URLs, or paths below the remote's URL as
 * metadata name them: not encoded. Everything is retried as the remote says; what finally fails
 * throws a {@link DownloadError}.
 */
export interface Downloader {
  /** The absolute URL of a location, encoded. */
  urlOf(location: string): string;
  /**
   * Fetches a file and hands it to `consume`, from the start again after a transient failure of
   * either: `consume` may be called several times, and undoes by itself what it did when it fails.
   *
   * @throws DownloadError, and what `consume` throws
   */
  fetch<T>(
    location: string,
    bound: SizeBound,
    consume: (download: Download) => Promise<T>,
  ): Promise<T>;
  /**
   * Fetches a file into a folder and verifies it.
   *
   * @returns its path; the name is unique, not the remote's
   * @throws DownloadError, ArtifactMismatchError, StorageFullError
   */
  fetchToFile(
    location: string,
    folder: string,
    expected: ExpectedDownload,
  ): Promise<string>;
  /**
   * Opens a file for passing on. Only opening is retried.
   *
   * @param options - `range` is the value of a Range header
   */
  stream(
    location: string,
    bound: SizeBound,
    options?: { range?: string },
  ): Promise<Download>;
  /** Closes connections; what runs fails. */
  close(): Promise<void>;
}

/**
 * Starts downloading from a remote; to be closed in the end.
 *
 * @param options - `signal` ends everything that runs, such as a task's
 */
export type OpenRemote = (
  remote: RemoteRecord,
  options?: { signal?: AbortSignal },
) => Downloader;
