import type { SizeBound } from '../../download/types';
import { TaskError } from '../../tasks';
import type { MetadataFile } from '../jobs/MetadataFile';
import { locate, LocationError } from '../locations';
import { settleTogether, type SyncRun } from '../SyncRun';
import type { MetadataChoice, MetadataRecord } from './chooseRecords';

/** A metadata file in the work folder. */
export interface FetchedFile extends MetadataFile {
  record: MetadataRecord;
}

/** The files that {@link chooseRecords} chose, by what they are. */
export type FetchedMetadata = {
  [K in Exclude<
    keyof MetadataChoice,
    'kept' | 'primary' | 'rest'
  >]?: FetchedFile;
} & { primary: FetchedFile; kept: FetchedFile[]; rest: FetchedFile[] };

/** The largest real ones (file lists of debug information) have some 100 MB. */
const MOST_FILE_BYTES = 4 * 1024 ** 3;

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
  run: SyncRun,
  choice: MetadataChoice,
): Promise<FetchedMetadata> {
  const { kept, rest, ...read } = choice;
  const wanted = [
    ...Object.entries<MetadataRecord | undefined>(read),
    ...kept.map(record => ['kept', record] as const),
    ...rest.map(record => ['rest', record] as const),
  ].flatMap(([name, record]) => (record ? [{ name, record }] : []));
  const progress = run.context.progress(
    'sync.downloading.metadata',
    'Downloaded metadata files',
    wanted.length,
  );
  const fetched = await settleTogether(
    run,
    wanted.map(async ({ name, record }) => {
      const file = await fetchFile(run, record);
      progress.advance();
      return [name, file] as const;
    }),
  );
  progress.finish();
  const filesOf = (kind: string) =>
    fetched.flatMap(([name, file]) => (name === kind ? [file] : []));
  return {
    ...(Object.fromEntries(fetched) as Omit<FetchedMetadata, 'kept' | 'rest'>),
    kept: filesOf('kept'),
    rest: filesOf('rest'),
  };
}

async function fetchFile(
  { downloader, root, folder }: SyncRun,
  record: MetadataRecord,
): Promise<FetchedFile> {
  const path = await downloader.fetchToFile(locateFile(root, record), folder, {
    ...boundOf(record),
    checksum: record.checksum,
  });
  return { path, name: record.location, openSize: record.openSize, record };
}
