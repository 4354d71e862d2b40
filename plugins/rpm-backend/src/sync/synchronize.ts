import type { Knex } from 'knex';
import { readPublication } from '../database/operations/publications';
import { readLastSync, writeLastSync } from '../database/operations/sync';
import { readVersionById } from '../database/operations/versions';
import { describeUrl } from '../download/locations';
import { hrefOf } from '../identifiers';
import { publishMirror } from '../publish/publishMirror';
import { serializeVersion, type VersionMaker } from '../repository';
import type { TaskContext, TaskOutcome } from '../tasks/types';
import { isUnchanged, type LastSync, type SyncFacts } from './lastSync';
import {
  findRepository,
  type FoundRepository,
} from './metadata/findRepository';
import { joinMirrors } from './mirror/joinMirrors';
import type { Mirror } from './mirror/storeMirror';
import type { SyncRun } from './SyncRun';
import { takeRepository } from './takeRepository';
import { findTree, type FoundTree } from './trees/findTree';
import { takeTree } from './trees/takeTree';

/** What a remote has, as far as it is known before it is taken. */
interface Found {
  main: FoundRepository;
  tree: FoundTree | undefined;
}

/** What has been taken of it. */
interface Taken {
  unitIds: number[];
  mirror: Mirror | undefined;
}

/**
 * Takes what a remote has into a repository.
 *
 * @remarks
 * Units are stored as they are read, in short transactions; they mean nothing until the version
 * that holds them is made, in one transaction at the end, with the publication of a mirror. A sync
 * that fails leaves units that no repository holds, and nothing else.
 */
export async function synchronize(
  started: Omit<SyncRun, 'root' | 'context'> & { context: TaskContext },
  maker: VersionMaker,
): Promise<TaskOutcome | undefined> {
  const { knex, context, repository, options } = started;
  const found = await find(started);
  const run: SyncRun = { ...started, root: found.main.root };
  const facts = factsOf(run, found);
  const last = await readLastSync(knex, repository.id);
  if (
    options.optimize &&
    isUnchanged(last, facts, repository.latestVersion.number) &&
    (await isStillPublished(knex, last))
  ) {
    return skip(run);
  }

  const { unitIds, mirror } = await take(run, maker, found);
  context.signal.throwIfAborted();
  let publication: string | undefined;
  const { made } = await maker.make(
    context,
    {
      repositoryId: repository.id,
      add: unitIds,
      remove: options.syncPolicy === 'additive' ? [] : '*',
      followsSource: true,
      createdBy: context.createdBy,
      inputs: inputsOf(run, found),
    },
    outcome => ({
      ...serializeVersion(outcome.version),
      problems: run.problems,
    }),
    [],
    async (trx, { version }) => {
      if (!mirror) return [];
      const published = await publishMirror(trx, version, mirror, {
        repoConfig: repository.repoConfig,
        createdBy: context.createdBy,
      });
      publication = published.uuid;
      return published.isNew ? [hrefOf('publication', published.uuid)] : [];
    },
  );
  await writeLastSync(knex, repository.id, {
    ...facts,
    version: made.version.number,
    publication: publication ?? null,
  });
  return undefined;
}

async function find(
  started: Omit<SyncRun, 'root' | 'context'>,
): Promise<Found> {
  const { downloader, remote, folder, options } = started;
  const main = await findRepository(downloader, remote.url, folder);
  const tree = options.skipTypes.includes('treeinfo')
    ? undefined
    : await findTree(started, main.root);
  return { main, tree };
}

function factsOf(
  { remote, options, repository }: SyncRun,
  { main, tree }: Found,
): SyncFacts {
  return {
    remote: remote.uuid,
    url: remote.url,
    policy: remote.policy,
    syncPolicy: options.syncPolicy,
    skipTypes: options.skipTypes,
    retainPackageVersions: repository.retainPackageVersions,
    repomd: main.digest,
    treeinfo: tree?.digest ?? null,
    treeRepositories: Object.fromEntries(
      Array.from(tree?.repositories ?? [], ([path, { digest }]) => [
        path,
        digest,
      ]),
    ),
  };
}

function inputsOf(
  { remote, options, root }: SyncRun,
  { main, tree }: Found,
): Record<string, unknown> {
  return {
    operation: 'sync',
    remote: hrefOf('remote', remote.uuid),
    url: describeUrl(new URL(root)),
    policy: remote.policy,
    sync_policy: options.syncPolicy,
    skip_types: options.skipTypes,
    revision: main.repomd.revision,
    repomd: main.digest,
    ...(tree && { treeinfo: tree.digest }),
  };
}

/** A mirror whose publication somebody has deleted is to be published again. */
async function isStillPublished(
  knex: Knex,
  last: LastSync | undefined,
): Promise<boolean> {
  if (!last?.publication) return true;
  return Boolean(await readPublication(knex, last.publication));
}

async function take(
  run: SyncRun,
  maker: VersionMaker,
  { main, tree }: Found,
): Promise<Taken> {
  const taken = await takeRepository(run, main);
  if (!tree) return taken;
  const { unitId, mirrors } = await takeTree(run, maker, tree);
  return {
    unitIds: [...taken.unitIds, unitId],
    mirror:
      taken.mirror && (await joinMirrors(run, taken.mirror, mirrors, tree)),
  };
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
