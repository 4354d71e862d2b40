import type { Repomd, RepomdRecord } from '@rpmportal/rpm-format';
import { TaskError } from '../../tasks';
import { ChecksumError, readChecksum, type FileChecksum } from './checksums';

/** A metadata file that a sync takes, as repomd.xml announces it. */
export interface MetadataRecord {
  /** `primary`, `updateinfo`, `productid`, … */
  type: string;
  location: string;
  /** An `xml:base`. */
  base: string | undefined;
  checksum: FileChecksum;
  /** Bytes, where it is announced. */
  size: number | undefined;
  /** Bytes when decompressed, where it is announced. */
  openSize: number | undefined;
}

/** Which metadata files are read, and how. */
export interface MetadataChoice {
  primary: MetadataRecord;
  filelists: MetadataRecord | undefined;
  other: MetadataRecord | undefined;
  updateinfo: MetadataRecord | undefined;
  comps: MetadataRecord | undefined;
  modules: MetadataRecord | undefined;
  /** Files that are kept as they are. */
  kept: MetadataRecord[];
  /** All others, for a mirror, which has every file of the remote. */
  rest: MetadataRecord[];
}

/** Plain first: the others are the same document once more. */
const COMPS = ['group', 'group_gz', 'group_xz', 'group_zst'];
const READ = new Set([
  'primary',
  'filelists',
  'other',
  'updateinfo',
  'modules',
  ...COMPS,
]);
/** What says nothing that the files read do not say, or belongs to packages that are not taken. */
const DERIVED = /(_zck|_gz|_xz|_zst|_db)$/;
export const DELTAS: ReadonlySet<string> = new Set([
  'prestodelta',
  'deltainfo',
]);

function toRecord(record: RepomdRecord): MetadataRecord {
  const { type, value } = record.checksum;
  try {
    return {
      type: record.type,
      location: record.locationHref,
      base: record.locationBase,
      checksum: readChecksum(type, value),
      size: record.size,
      openSize: record.openSize,
    };
  } catch (error) {
    if (!(error instanceof ChecksumError)) throw error;
    throw new TaskError(
      'PLP0020',
      `The file ${record.locationHref} of repomd.xml ${error.message}.`,
    );
  }
}

/**
 * Decides which of the files that repomd.xml names are taken. Of several with one type the first
 * counts.
 *
 * @param options - `isMirror`: nothing is left out
 * @throws TaskError RPM0016 when there are no packages, PLP0020 for a file that cannot be verified
 */
export function chooseRecords(
  { records }: Repomd,
  { isMirror = false }: { isMirror?: boolean } = {},
): MetadataChoice {
  const first = new Map<string, RepomdRecord>();
  for (const record of records) {
    if (!first.has(record.type)) first.set(record.type, record);
  }
  const take = (...types: string[]) => {
    const found = types.find(type => first.has(type));
    return found === undefined ? undefined : toRecord(first.get(found)!);
  };
  const primary = take('primary');
  if (!primary) {
    throw new TaskError(
      'RPM0016',
      'The file repomd.xml names no primary metadata, which lists the packages.',
    );
  }
  const kept = [...first.values()]
    .filter(
      ({ type }) => !READ.has(type) && !DELTAS.has(type) && !DERIVED.test(type),
    )
    .map(toRecord);
  const read = {
    primary,
    filelists: take('filelists'),
    other: take('other'),
    updateinfo: take('updateinfo'),
    comps: take(...COMPS),
    modules: take('modules'),
  };
  const chosen = new Set(
    [...Object.values(read), ...kept].map(record => record?.location),
  );
  const rest = isMirror
    ? records.filter(({ locationHref }) => !chosen.has(locationHref))
    : [];
  return { ...read, kept, rest: rest.map(toRecord) };
}
