import {
  recordRemoteArtifacts,
  savePackageDrafts,
} from '../database/operations/content-units';
import type { FetchedMetadata } from './metadata/fetchMetadata';
import { READ_PACKAGES } from './jobs';
import type {
  PackageBatch,
  ReadPackagesInput,
  ReadPackagesOutput,
} from './jobs/readPackagesJob';
import { PackageSelection } from './PackageSelection';
import type { SyncRun } from './SyncRun';

/** Repeated packages named in the task's result. */
const NAMED = 20;

/** The packages that a remote gives. */
export interface TakenPackages {
  /** Those that belong into the repository. */
  unitIds: number[];
  /** Where each of them, and those that are not taken, is to be published in a mirror. */
  places: Map<string, number>;
}

/**
 * Stores the packages of the metadata, with where their files are, as they are read.
 *
 * @param modular - NEVRAs of the artifacts of modules
 */
export async function takePackages(
  run: SyncRun,
  files: FetchedMetadata,
  modular: ReadonlySet<string>,
): Promise<TakenPackages> {
  const { context, repository, options } = run;
  const selection = new PackageSelection();
  const places = new Map<string, number>();
  const parsing = context.progress('sync.parsing.packages', 'Parsed packages');
  const { primary, filelists, other } = files;
  const keep = repository.retainPackageVersions;
  const input: ReadPackagesInput = {
    files: { primary, filelists, other },
    root: run.root,
    skipSources: options.skipTypes.includes('srpm'),
    keep,
    modular: keep ? [...modular] : [],
    isMirror: options.syncPolicy === 'mirror_complete',
  };
  const { mismatches, old } = await run.threads.run<
    ReadPackagesInput,
    ReadPackagesOutput,
    never,
    PackageBatch
  >(READ_PACKAGES, input, {
    signal: context.signal,
    onBatch: async batch => {
      await savePackages(run, batch, selection, places);
      parsing.advance(batch.read);
    },
  });
  parsing.finish();
  run.problems.push(...mismatches);

  const { unitIds, repeated } = selection.choose();
  for (const nevra of repeated.slice(0, NAMED)) {
    run.problems.push({
      file: primary.name,
      message: `There is more than one package ${nevra}; the one built last is taken.`,
    });
  }
  const skipping = context.progress(
    'sync.skipped.packages',
    'Packages older than those that are kept',
    old,
  );
  skipping.advance(old);
  skipping.finish();
  return { unitIds, places };
}

async function savePackages(
  { knex, remote }: SyncRun,
  { packages }: PackageBatch,
  selection: PackageSelection,
  places: Map<string, number>,
): Promise<void> {
  const drafts = packages.map(({ draft }) => draft);
  const unitIds = await savePackageDrafts(knex, drafts);
  await recordRemoteArtifacts(
    knex,
    packages.map(({ draft: { columns }, url }, index) => ({
      unit_id: unitIds[index],
      remote_id: remote.id,
      url,
      size: columns.size_package || null,
      checksum_type: columns.checksum_type,
      checksum: columns.pkg_id,
    })),
  );
  for (const [index, { draft, place }] of packages.entries()) {
    const unitId = unitIds[index];
    const timeBuild = draft.columns.time_build;
    selection.add({ unitId, nevra: draft.repoKey!, timeBuild });
    if (place !== undefined) places.set(place, unitId);
  }
}
