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

/**
 * Stores the packages of the metadata, with where their files are, as they are read.
 *
 * @param modular - NEVRAs of the artifacts of modules
 * @returns the units that belong into the repository
 */
export async function takePackages(
  run: SyncRun,
  files: FetchedMetadata,
  modular: ReadonlySet<string>,
): Promise<number[]> {
  const { context, repository, options } = run;
  const selection = new PackageSelection({
    keep: repository.retainPackageVersions,
    modular,
  });
  const parsing = context.progress('sync.parsing.packages', 'Parsed packages');
  const { primary, filelists, other } = files;
  const input: ReadPackagesInput = {
    files: { primary, filelists, other },
    root: run.root,
    skipSources: options.skipTypes.includes('srpm'),
  };
  const mismatches = await run.threads.run<
    ReadPackagesInput,
    ReadPackagesOutput,
    never,
    PackageBatch
  >(READ_PACKAGES, input, {
    signal: context.signal,
    onBatch: async batch => {
      await savePackages(run, batch, selection);
      parsing.advance(batch.read);
    },
  });
  parsing.finish();
  run.problems.push(...mismatches);

  const { unitIds, repeated, skipped } = selection.choose();
  for (const nevra of repeated.slice(0, NAMED)) {
    run.problems.push({
      file: primary.name,
      message: `There is more than one package ${nevra}; the one built last is taken.`,
    });
  }
  const skipping = context.progress(
    'sync.skipped.packages',
    'Packages older than those that are kept',
    skipped,
  );
  skipping.advance(skipped);
  skipping.finish();
  return unitIds;
}

async function savePackages(
  { knex, remote }: SyncRun,
  { packages }: PackageBatch,
  selection: PackageSelection,
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
  for (const [index, { columns, repoKey }] of drafts.entries()) {
    selection.add({
      unitId: unitIds[index],
      nevra: repoKey!,
      name: columns.name,
      arch: columns.arch,
      evrKey: columns.evr_key,
      timeBuild: columns.time_build,
    });
  }
}
