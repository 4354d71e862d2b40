import { readPackages, type RpmPackage } from '@rpmportal/rpm-format';
import {
  toPackageDraft,
  type PackageDraft,
} from '../../content-units/packageDraft';
import type { Job } from '../../workers/types';
import { locate, LocationError } from '../locations';
import { ChecksumError, readChecksum } from '../metadata/checksums';
import {
  MetadataFailure,
  readMetadataFile,
  toMetadataFailure,
  type MetadataFile,
} from './MetadataFile';

/** What {@link readPackagesJob} reads. */
export interface ReadPackagesInput {
  files: {
    primary: MetadataFile;
    filelists: MetadataFile | undefined;
    other: MetadataFile | undefined;
  };
  /** URL of the repository, with a trailing slash. */
  root: string;
  /** Leave source packages out. */
  skipSources: boolean;
}

/** A package of the metadata, ready to be stored. */
export interface RemotePackage {
  draft: PackageDraft;
  /** Where its file is. */
  url: string;
}

/** What {@link readPackagesJob} emits. */
export interface PackageBatch {
  packages: RemotePackage[];
  /** Packages read, with those left out. */
  read: number;
}

/** Where the metadata files disagree. */
export type ReadPackagesOutput = { file: string; message: string }[];

/** Few enough packages that their batch is stored in one short transaction or two. */
const BATCH = { packages: 250, size: 4_000_000 };

const SOURCE_ARCHS = new Set(['src', 'nosrc']);

/** Collects packages until they are worth a message, which is sent while the next are read. */
class Batches {
  readonly #emit: (batch: PackageBatch) => Promise<void>;
  #batch: PackageBatch = { packages: [], read: 0 };
  #size = 0;
  #sent = Promise.resolve();

  constructor(emit: (batch: PackageBatch) => Promise<void>) {
    this.#emit = emit;
  }

  skip(): void {
    this.#batch.read += 1;
  }

  async add(pkg: RemotePackage): Promise<void> {
    this.#batch.packages.push(pkg);
    this.#batch.read += 1;
    this.#size += pkg.draft.size;
    if (
      this.#batch.packages.length >= BATCH.packages ||
      this.#size >= BATCH.size
    ) {
      await this.flush();
    }
  }

  /** Waits for the batch before, so that never more than two exist. */
  async flush(): Promise<void> {
    await this.#sent;
    const batch = this.#batch;
    this.#batch = { packages: [], read: 0 };
    this.#size = 0;
    this.#sent = this.#emit(batch);
    // Awaited with the next batch, or at the end.
    this.#sent.catch(() => {});
  }

  async end(): Promise<void> {
    await this.flush();
    await this.#sent;
  }
}

/** @throws MetadataFailure for a package whose file could not be found or verified */
function toRemotePackage(
  pkg: RpmPackage,
  root: string,
  file: string,
): RemotePackage {
  try {
    const checksum = readChecksum(pkg.checksumType, pkg.pkgId);
    return {
      draft: toPackageDraft({ ...pkg, checksumType: checksum.type }),
      url: locate(root, pkg.locationHref, pkg.locationBase),
    };
  } catch (error) {
    const code =
      (error instanceof ChecksumError && 'PLP0020') ||
      (error instanceof LocationError && 'PLP0013');
    if (!code) throw error;
    const { message } = error as Error;
    throw new MetadataFailure(
      code,
      `The package ${pkg.name} of ${file} ${message}.`,
    );
  }
}

/** Reads the packages of a repository and makes them ready to be stored. */
export const readPackagesJob: Job<
  ReadPackagesInput,
  ReadPackagesOutput,
  never,
  PackageBatch
> = async ({ files, root, skipSources }, context) => {
  const { primary, filelists, other } = files;
  const packages = readPackages({
    primary: readMetadataFile(primary),
    filelists: filelists && readMetadataFile(filelists),
    other: other && readMetadataFile(other),
  });
  const batches = new Batches(batch => context.emit(batch));
  try {
    for (;;) {
      context.checkCancelled();
      const next = await packages.next();
      if (next.done) {
        await batches.end();
        return next.value.map(({ kind, absent, surplus }) => ({
          file: files[kind]?.name ?? kind,
          message: `${kind}.xml leaves out ${absent} packages of primary.xml and has ${surplus} that are not there.`,
        }));
      }
      for (const pkg of next.value) {
        if (skipSources && SOURCE_ARCHS.has(pkg.arch)) batches.skip();
        else await batches.add(toRemotePackage(pkg, root, primary.name));
      }
    }
  } catch (error) {
    throw toMetadataFailure(error, files);
  } finally {
    await packages.return([]);
  }
};
