import { RpmPackage } from '../package';
import { TextChunks } from '../xml';
import { EntriesByPackage } from './EntriesByPackage';
import { readFilelists } from './readFilelists';
import { readOther } from './readOther';
import { readPrimary } from './readPrimary';

/** The decompressed metadata files that together describe the packages of a repository. */
export interface PackageSources {
  primary: TextChunks;
  filelists?: TextChunks;
  other?: TextChunks;
}

/** Where the files of a repository's metadata disagree about which packages there are. */
export interface PackageMismatch {
  kind: 'filelists' | 'other';
  /** Packages of primary.xml that the file leaves out. */
  absent: number;
  /** Entries for packages that primary.xml does not have. */
  surplus: number;
}

/**
 * Reads the packages of a repository with all that its metadata says of them, in the order of
 * primary.xml and in small batches.
 *
 * @remarks
 * - The file list is that of filelists.xml. A package without an entry there, or a repository without
 *   that file, has the files that primary.xml lists.
 * - Entries of filelists.xml and other.xml without a package in primary.xml are ignored: nobody can
 *   install them.
 * - Both kinds of mismatch are counted and, when there are any, returned at the end.
 * - Memory stays flat when the files list packages in one order; otherwise the entries that come too
 *   early are held.
 * - The same NEVRA may come more than once. Which one to keep (the greatest `timeBuild`, then the
 *   first) is left to the caller, who counts them all.
 *
 * @returns the mismatches, as the generator's return value
 * @throws RepodataError naming the file that is malformed, incomplete or beyond the limits.
 */
export async function* readPackages(
  sources: PackageSources,
): AsyncGenerator<RpmPackage[], PackageMismatch[]> {
  const filelists =
    sources.filelists && new EntriesByPackage(readFilelists(sources.filelists));
  const other = sources.other && new EntriesByPackage(readOther(sources.other));
  let withoutFiles = 0;
  let withoutChangelogs = 0;
  try {
    for await (const batch of readPrimary(sources.primary)) {
      for (const pkg of batch) {
        const files = await filelists?.take(pkg.pkgId);
        const changelogs = await other?.take(pkg.pkgId);
        if (files) {
          pkg.files = files.files;
        } else {
          withoutFiles++;
        }
        if (changelogs) {
          pkg.changelogs = changelogs.changelogs;
        } else {
          withoutChangelogs++;
        }
      }
      yield batch;
    }
    return [
      ...(await findMismatch('filelists', filelists, withoutFiles)),
      ...(await findMismatch('other', other, withoutChangelogs)),
    ];
  } finally {
    await filelists?.close();
    await other?.close();
  }
}

async function findMismatch(
  kind: PackageMismatch['kind'],
  entries: EntriesByPackage<{ pkgId: string }> | undefined,
  absent: number,
): Promise<PackageMismatch[]> {
  const surplus = await entries?.countRest();
  return surplus === undefined || (surplus === 0 && absent === 0)
    ? []
    : [{ kind, absent, surplus }];
}
