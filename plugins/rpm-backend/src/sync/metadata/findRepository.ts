import { parseRepomd, RepodataError, type Repomd } from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import { readFile } from 'fs/promises';
import { DownloadError, type Downloader } from '../../download';
import { describeUrl } from '../../download/locations';
import { TaskError } from '../../tasks';

/** A repository that has been found, with its table of contents. */
export interface FoundRepository {
  /** URL with a trailing slash. */
  root: string;
  repomd: Repomd;
  /** SHA-256 of repomd.xml. */
  digest: string;
  /** Where repomd.xml is in the work folder. */
  path: string;
}

/** Real ones have a few KiB. */
const MOST_REPOMD_BYTES = 16 * 1024 ** 2;
const MOST_LIST_BYTES = 1024 ** 2;
/** Mirrors of a list that are tried. */
const MOST_MIRRORS = 20;

/**
 * Opens the repository at a URL.
 *
 * @param root - with a trailing slash
 * @throws DownloadError, TaskError
 */
export async function openRepository(
  downloader: Downloader,
  root: string,
  folder: string,
): Promise<FoundRepository> {
  const location = `${root}repodata/repomd.xml`;
  const path = await downloader.fetchToFile(location, folder, {
    maxSize: MOST_REPOMD_BYTES,
  });
  const content = await readFile(path);
  try {
    return {
      root,
      path,
      repomd: parseRepomd(content),
      digest: createHash('sha256').update(content).digest('hex'),
    };
  } catch (error) {
    if (!(error instanceof RepodataError)) throw error;
    throw new TaskError(
      'PLP0013',
      `The file ${describeUrl(new URL(location))} cannot be used: ${
        error.message
      }.`,
    );
  }
}

/** The mirrors that a text lists, one URL a line; none when it is something else. */
export function parseMirrorList(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line && !line.startsWith('#'));
  const areUrls = lines.every(
    line => /^https?:\/\/\S+$/.test(line) && URL.canParse(line),
  );
  if (!areUrls) return [];
  return lines
    .slice(0, MOST_MIRRORS)
    .map(line => (line.endsWith('/') ? line : `${line}/`));
}

async function fetchMirrors(
  downloader: Downloader,
  url: string,
  folder: string,
): Promise<string[]> {
  const location = url.replace(/\/$/, '');
  try {
    const path = await downloader.fetchToFile(location, folder, {
      maxSize: MOST_LIST_BYTES,
    });
    return parseMirrorList(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof DownloadError) return [];
    throw error;
  }
}

/**
 * Finds the repository of a remote: below its URL or, when that is a list of mirrors, at the first
 * of them that answers.
 *
 * @throws DownloadError, TaskError naming what is not there or cannot be used
 */
export async function findRepository(
  downloader: Downloader,
  url: string,
  folder: string,
): Promise<FoundRepository> {
  try {
    return await openRepository(downloader, url, folder);
  } catch (error) {
    // Only a server that answers can have a list instead.
    if (!(error instanceof DownloadError) || !error.status) throw error;
    for (const mirror of await fetchMirrors(downloader, url, folder)) {
      try {
        return await openRepository(downloader, mirror, folder);
      } catch (failure) {
        if (!(failure instanceof DownloadError)) throw failure;
      }
    }
    throw error;
  }
}
