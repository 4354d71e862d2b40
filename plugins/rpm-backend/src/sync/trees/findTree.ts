import {
  parseTreeinfo,
  subRepositories,
  TreeinfoError,
  type Treeinfo,
} from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import { readFile } from 'fs/promises';
import { cleanText } from '../../content-units/packing';
import type { Downloader } from '../../download';
import { describeUrl } from '../../download/locations';
import { TaskError } from '../../tasks';
import { fetchIfThere, isAbsent } from '../fetchIfThere';
import { locate, LocationError } from '../locations';
import {
  openRepository,
  type FoundRepository,
} from '../metadata/findRepository';
import type { SyncProblem } from '../types';

/** A distribution tree that has been found. */
export interface FoundTree {
  /** `.treeinfo` or `treeinfo`. */
  name: string;
  /** Where the file is in the work folder. */
  path: string;
  text: string;
  treeinfo: Treeinfo;
  /** SHA-256 of the file. */
  digest: string;
  /** The repositories besides the main one, by folder. */
  repositories: ReadonlyMap<string, FoundRepository>;
}

const NAMES = ['.treeinfo', 'treeinfo'];
const MOST_BYTES = 1024 ** 2;
/** Real ones have a dozen. */
const MOST_REPOSITORIES = 100;

/**
 * Finds the distribution tree of a repository, if it is the root of one.
 *
 * @param root - URL of the repository, with a trailing slash
 * @param problems - told of repositories that are not there, or not below the root
 * @throws DownloadError, TaskError naming what cannot be used
 */
export async function findTree(
  options: { downloader: Downloader; folder: string; problems: SyncProblem[] },
  root: string,
): Promise<FoundTree | undefined> {
  const { downloader, folder } = options;
  for (const name of NAMES) {
    const url = `${root}${name}`;
    const path = await fetchIfThere(downloader, url, folder, {
      maxSize: MOST_BYTES,
    });
    if (path !== undefined) {
      const content = await readFile(path);
      const text = cleanText(content.toString('utf8'));
      const treeinfo = parse(text, url);
      return {
        name,
        path,
        text,
        treeinfo,
        digest: createHash('sha256').update(content).digest('hex'),
        repositories: await openRepositories(options, root, name, treeinfo),
      };
    }
  }
  return undefined;
}

function parse(text: string, url: string): Treeinfo {
  try {
    return parseTreeinfo(text);
  } catch (error) {
    if (!(error instanceof TreeinfoError)) throw error;
    throw new TaskError(
      'PLP0013',
      `The file ${describeUrl(new URL(url))} ${
        error.message
      }; with skip_types it can be left out.`,
    );
  }
}

async function openRepositories(
  {
    downloader,
    folder,
    problems,
  }: { downloader: Downloader; folder: string; problems: SyncProblem[] },
  root: string,
  file: string,
  treeinfo: Treeinfo,
): Promise<Map<string, FoundRepository>> {
  const folders = subRepositories(treeinfo);
  if (folders.length > MOST_REPOSITORIES) {
    throw new TaskError(
      'PLP0013',
      `The file ${file} names ${folders.length} repositories; more than ${MOST_REPOSITORIES} are not taken.`,
    );
  }
  const repositories = new Map<string, FoundRepository>();
  for (const path of folders) {
    try {
      const url = `${locate(root, path)}/`;
      repositories.set(path, await openRepository(downloader, url, folder));
    } catch (error) {
      const isElsewhere = error instanceof LocationError;
      if (!isElsewhere && !isAbsent(error)) throw error;
      problems.push({
        file,
        message: isElsewhere
          ? `A repository ${error.message}; it is not taken.`
          : `There is no repository in ${path}; it is not taken.`,
      });
    }
  }
  return repositories;
}
