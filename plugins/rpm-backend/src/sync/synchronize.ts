import type { Repomd } from '@rpmportal/rpm-format';
import { readLastSync, writeLastSync } from '../database/operations/sync';
import { readVersionById } from '../database/operations/versions';
import { describeUrl } from '../download/locations';
import { hrefOf } from '../identifiers';
import { serializeVersion, type VersionMaker } from '../repository';
import type { TaskOutcome } from '../tasks/types';
import { fetchPackageFiles } from './fetchPackageFiles';
import { isUnchanged, type SyncFacts } from './lastSync';
import { chooseRecords } from './metadata/chooseRecords';
import { fetchMetadata } from './metadata/fetchMetadata';
import { findRepository } from './metadata/findRepository';
import type { SyncRun } from './SyncRun';
import { takePackages } from './takePackages';
import {
  takeAdvisories,
  takeComps,
  takeMetadataFiles,
  takeModules,
} from './takeUnits';

/**
 * Takes what a remote has into a repository.
 *
 * @remarks
 * Units are stored as they are read, in short transactions; they mean nothing until the version
 * that holds them is made, in one transaction at the end. A sync that fails leaves units that no
 * repository holds, and nothing else.
 */
export async function synchronize(
  started: Omit<SyncRun, 'root'>,
  maker: VersionMaker,
): Promise<TaskOutcome | undefined> {
  const { knex, context, repository, remote, options } = started;
  const { root, repomd, digest } = await findRepository(
    started.downloader,
    remote.url,
    started.folder,
  );
  const run: SyncRun = { ...started, root };
  const facts: SyncFacts = {
    remote: remote.uuid,
    url: remote.url,
    policy: remote.policy,
    syncPolicy: options.syncPolicy,
    skipTypes: options.skipTypes,
    retainPackageVersions: repository.retainPackageVersions,
    repomd: digest,
  };
  const latest = repository.latestVersion;
  const last = await readLastSync(knex, repository.id);
  if (options.optimize && isUnchanged(last, facts, latest.number)) {
    return skip(run);
  }

  const unitIds = await takeUnits(run, repomd);
  context.signal.throwIfAborted();
  const { made } = await maker.make(
    context,
    {
      repositoryId: repository.id,
      add: unitIds,
      remove: options.syncPolicy === 'additive' ? [] : '*',
      createdBy: context.createdBy,
      inputs: {
        operation: 'sync',
        remote: hrefOf('remote', remote.uuid),
        url: describeUrl(new URL(root)),
        policy: remote.policy,
        sync_policy: options.syncPolicy,
        skip_types: options.skipTypes,
        revision: repomd.revision,
        repomd: digest,
      },
    },
    outcome => ({
      ...serializeVersion(outcome.version),
      problems: run.problems,
    }),
  );
  const { number: version } = made.version;
  await writeLastSync(knex, repository.id, { ...facts, version });
  return undefined;
}

/** Ends a sync for which there is nothing to do. */
async function skip({
  knex,
  context,
  repository,
}: SyncRun): Promise<TaskOutcome> {
  const skipped = context.progress(
    'sync.was_skipped',
    'Skipped: nothing has changed since the last sync',
    1,
  );
  skipped.advance();
  skipped.finish();
  const version = await readVersionById(knex, repository.latestVersion.id);
  return {
    result: {
      ...serializeVersion(version!),
      outcome: 'unchanged',
      problems: [],
    },
  };
}

/** @returns all units that the remote has to give */
async function takeUnits(run: SyncRun, repomd: Repomd): Promise<number[]> {
  const files = await fetchMetadata(run, chooseRecords(repomd));
  const modules = await takeModules(run, files.modules);
  const packages = await takePackages(run, files, modules.artifacts);
  const units = [
    modules.unitIds,
    packages,
    await takeAdvisories(run, files.updateinfo),
    await takeComps(run, files.comps),
    await takeMetadataFiles(run, files.kept),
  ];
  if (run.remote.policy === 'immediate') {
    await fetchPackageFiles(run, packages);
  }
  return units.flat();
}
