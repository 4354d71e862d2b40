import { parseRepomd, RepodataError, type Repomd } from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import { readFile } from 'fs/promises';
import type { Downloader, SizeBound } from '../../download/types';
import { TaskError } from '../../tasks';
import type { Progress } from '../../tasks/types';
import type { MetadataFile } from '../jobs/MetadataFile';
import { locate, LocationError } from '../locations';
import type { MetadataChoice, MetadataRecord } from './chooseRecords';

/** A repository's table of contents. */
export interface FetchedRepomd {
  repomd: Repomd;
  /** SHA-256 of the file. */
  digest: string;
}

/** A metadata file in the work folder. */
export interface FetchedFile extends MetadataFile {
  record: MetadataRecord;
}

/** The files that {@link chooseRecords} chose, by what they are. */
export type FetchedMetadata = {
  [K in keyof Omit<MetadataChoice, 'kept' | 'primary'>]:
    | FetchedFile
    | undefined;
} & { primary: FetchedFile; kept: FetchedFile[] };

/** Real ones have a few KiB. */
const MOST_REPOMD_BYTES = 16 * 1024 ** 2;
/** The largest real ones (file lists of debug information) have some 100 MB. */
const MOST_FILE_BYTES = 4 * 1024 ** 3;

/** @throws DownloadError, TaskError */
export async function fetchRepomd(
  downloader: Downloader,
  root: string,
  folder: string,
): Promise<FetchedRepomd> {
  const location = `${root}repodata/repomd.xml`;
  const path = await downloader.fetchToFile(location, folder, {
    maxSize: MOST_REPOMD_BYTES,
  });
  const content = await readFile(path);
  try {
    return {
      repomd: parseRepomd(content),
      digest: createHash('sha256').update(content).digest('hex'),
    };
  } catch (error) {
    if (!(error instanceof RepodataError)) throw error;
    throw new TaskError(
      'PLP0013',
      `The file ${location} cannot be used: ${error.message}.`,
    );
  }
}

function boundOf({ size, location }: MetadataRecord): SizeBound {
  if (size === undefined) return { maxSize: MOST_FILE_BYTES };
  if (size > MOST_FILE_BYTES) {
    throw new TaskError(
      'PLP0004',
      `The metadata file ${location} is announced with ${size} bytes; more than ${MOST_FILE_BYTES} are not read.`,
    );
  }
  return { size };
}

function locateFile(root: string, { location, base }: MetadataRecord): string {
  try {
    return locate(root, location, base);
  } catch (error) {
    if (!(error instanceof LocationError)) throw error;
    throw new TaskError('PLP0013', `A file of repomd.xml ${error.message}.`);
  }
}

/**
 * Fetches the chosen files, each verified.
 *
 * @throws DownloadError, TaskError naming the file
 */
export async function fetchMetadata(
  downloader: Downloader,
  root: string,
  folder: string,
  choice: MetadataChoice,
  progress: Progress,
): Promise<FetchedMetadata> {
  const { primary, kept, ...optional } = choice;
  const fetch = async (record: MetadataRecord): Promise<FetchedFile> => {
    const path = await downloader.fetchToFile(
      locateFile(root, record),
      folder,
      { ...boundOf(record), checksum: record.checksum },
    );
    progress.advance();
    const { location: name, openSize } = record;
    return { path, name, openSize, record };
  };
  const fetched: Partial<Record<keyof typeof optional, FetchedFile>> = {};
  const names = Object.keys(optional) as (keyof typeof optional)[];
  const [first, rest] = await Promise.all([
    fetch(primary),
    Promise.all(kept.map(fetch)),
    ...names.map(async name => {
      const record = optional[name];
      if (record) fetched[name] = await fetch(record);
    }),
  ]);
  return { ...fetched, primary: first, kept: rest } as FetchedMetadata;
}
