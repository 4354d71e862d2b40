import {
  evrSortKey,
  formatNevra,
  readPackages,
  type RpmPackage,
} from '@rpmportal/rpm-format';
import {
  toPackageDraft,
  type PackageDraft,
} from '../../content-units/packageDraft';
import type { Job, JobContext } from '../../workers/types';
import { locate, LocationError } from '../locations';
import { ChecksumError, readChecksum } from '../metadata/checksums';
import { OldPackages } from '../OldPackages';
import { placeInMirror, UnmirrorableError } from '../mirror/mirrorRules';
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
  /** How many versions of each package to take, 0 for all. */
  keep: number;
  /** NEVRAs of the artifacts of modules, which are taken whatever their age. */
  modular: readonly string[];
  /** Packages are to be published where they are. */
  isMirror: boolean;
}

/** A package of the metadata, ready to be stored. */
export interface RemotePackage {
  draft: PackageDraft;
  /** Where its file is. */
  url: string;
  /** Where it is to be published, for a mirror: the path below the repository. */
  place: string | undefined;
}

/** What {@link readPackagesJob} emits. */
export interface PackageBatch {
  packages: RemotePackage[];
  /** Packages read, with those left out. */
  read: number;
}

export interface ReadPackagesOutput {
  /** Where the metadata files disagree. */
  mismatches: { file: string; message: string }[];
  /** Packages left out for their age. */
  old: number;
}

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
  { root, isMirror, files: { primary } }: ReadPackagesInput,
): RemotePackage {
  try {
    const place = isMirror
      ? placeInMirror(pkg.locationHref, pkg.locationBase)
      : undefined;
    const checksum = readChecksum(pkg.checksumType, pkg.pkgId);
    return {
      draft: toPackageDraft({ ...pkg, checksumType: checksum.type }),
      url: locate(root, pkg.locationHref, pkg.locationBase),
      place,
    };
  } catch (error) {
    const code =
      (error instanceof UnmirrorableError && 'RPM0006') ||
      (error instanceof ChecksumError && 'PLP0020') ||
      (error instanceof LocationError && 'PLP0013');
    if (!code) throw error;
    const { message } = error as Error;
    throw new MetadataFailure(
      code,
      `The package ${pkg.name} of ${primary.name} ${message}.`,
    );
  }
}

function isSkipped(pkg: RpmPackage, { skipSources }: ReadPackagesInput) {
  return skipSources && SOURCE_ARCHS.has(pkg.arch);
}

/**
 * The NEVRAs of packages that are too old to be taken. Costs reading the primary metadata once
 * more, for a package's age is known only when all have been seen, and none is to be stored in vain.
 */
async function findOld(
  input: ReadPackagesInput,
  context: JobContext<never, PackageBatch>,
): Promise<ReadonlySet<string>> {
  if (!input.keep) return new Set();
  const old = new OldPackages({
    keep: input.keep,
    modular: new Set(input.modular),
  });
  const packages = readPackages({
    primary: readMetadataFile(input.files.primary),
  });
  for await (const batch of packages) {
    context.checkCancelled();
    for (const pkg of batch) {
      if (!isSkipped(pkg, input)) {
        const { name, arch } = pkg;
        const evrKey = evrSortKey(pkg);
        old.add({ nevra: formatNevra(pkg), name, arch, evrKey });
      }
    }
  }
  return old.find();
}

/** Reads the packages of a repository and makes them ready to be stored. */
export const readPackagesJob: Job<
  ReadPackagesInput,
  ReadPackagesOutput,
  never,
  PackageBatch
> = async (input, context) => {
  const { files } = input;
  const { primary, filelists, other } = files;
  const batches = new Batches(batch => context.emit(batch));
  let packages: ReturnType<typeof readPackages> | undefined;
  try {
    const old = await findOld(input, context);
    let skipped = 0;
    packages = readPackages({
      primary: readMetadataFile(primary),
      filelists: filelists && readMetadataFile(filelists),
      other: other && readMetadataFile(other),
    });
    for (;;) {
      context.checkCancelled();
      const next = await packages.next();
      if (next.done) {
        await batches.end();
        const mismatches = next.value.map(({ kind, absent, surplus }) => ({
          file: files[kind]?.name ?? kind,
          message: `${kind}.xml leaves out ${absent} packages of primary.xml and has ${surplus} that are not there.`,
        }));
        return { mismatches, old: skipped };
      }
      for (const pkg of next.value) {
        if (isSkipped(pkg, input)) {
          batches.skip();
        } else if (old.size && old.has(formatNevra(pkg))) {
          skipped += 1;
          batches.skip();
        } else {
          await batches.add(toRemotePackage(pkg, input));
        }
      }
    }
  } catch (error) {
    throw toMetadataFailure(error, files);
  } finally {
    await packages?.return([]);
  }
};
