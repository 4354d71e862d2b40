import { DownloadError, type Downloader } from '../download';
import type { ExpectedDownload } from '../download/types';

/** What servers answer for what they do not have; object stores forbid to look at it. */
const ABSENT = new Set([403, 404, 410]);

/** Whether a remote has said that it does not have a file. */
export function isAbsent(error: unknown): boolean {
  return error instanceof DownloadError && ABSENT.has(error.status ?? NaN);
}

/**
 * Fetches a file that a remote may have.
 *
 * @returns its path in the folder, or undefined when the remote does not have it
 * @throws DownloadError for any other failure
 */
export async function fetchIfThere(
  downloader: Downloader,
  url: string,
  folder: string,
  expected: ExpectedDownload,
): Promise<string | undefined> {
  try {
    return await downloader.fetchToFile(url, folder, expected);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
