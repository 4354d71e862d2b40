import {
  deleteUnusedVersions,
  readTree,
  saveDistributionTree,
  takeHiddenRepository,
} from '../../database/operations/distribution-trees';
import { describeUrl } from '../../download/locations';
import type { VersionMaker, VersionRecord } from '../../repository';
import type { FoundRepository } from '../metadata/findRepository';
import type { Mirror } from '../mirror/storeMirror';
import type { SyncContext, SyncRun } from '../SyncRun';
import { takeRepository } from '../takeRepository';
import type { FoundTree } from './findTree';
import { planTreeFiles, takeTreeFiles } from './takeTreeFiles';

/** A tree that has been taken. */
export interface TakenTree {
  unitId: number;
  /** For a mirror: of the repositories besides the main one, by folder. */
  mirrors: Map<string, Mirror>;
}

/** Tells of a part's progress under names of its own. */
function contextOf(context: SyncContext, path: string): SyncContext {
  return {
    createdBy: context.createdBy,
    logger: context.logger,
    signal: context.signal,
    progress: (code, message, total) =>
      context.progress(`${code}.${path}`, `${message} in ${path}`, total),
  };
}

/**
 * Takes a distribution tree: its repositories into hidden ones, each of which gets a version when it
 * changes, and its files.
 *
 * @remarks
 * The versions mean nothing until a version of the main repository holds the tree that is made of
 * them; a sync that fails leaves them unused.
 */
export async function takeTree(
  run: SyncRun,
  maker: VersionMaker,
  found: FoundTree,
): Promise<TakenTree> {
  const { knex, repository } = run;
  const current = await readTree(knex, {
    repositoryId: repository.id,
    number: repository.latestVersion.number,
  });
  const mirrors = new Map<string, Mirror>();
  const repositories: { path: string; version: VersionRecord }[] = [];
  for (const [path, part] of found.repositories) {
    const pinned = current?.repositories.find(each => each.path === path);
    const taken = await takePart(run, maker, path, part, pinned?.versionId);
    repositories.push({ path, version: taken.version });
    if (taken.mirror) mirrors.set(path, taken.mirror);
  }
  const { text, treeinfo, name } = found;
  const files = planTreeFiles(run, name, treeinfo);
  const unitId = await saveDistributionTree(knex, {
    text,
    treeinfo,
    files,
    repositories,
  });
  await takeTreeFiles(run, unitId, name, files);
  return { unitId, mirrors };
}

/** @param pinnedId - what the tree has in that folder until now, which an additive sync adds to */
async function takePart(
  run: SyncRun,
  maker: VersionMaker,
  path: string,
  found: FoundRepository,
  pinnedId: number | undefined,
): Promise<{ version: VersionRecord; mirror: Mirror | undefined }> {
  const repository = await takeHiddenRepository(
    run.knex,
    run.repository.id,
    path,
  );
  const problems: SyncRun['problems'] = [];
  const part: SyncRun = {
    ...run,
    context: contextOf(run.context, path),
    repository,
    root: found.root,
    problems,
  };
  const { unitIds, mirror } = await takeRepository(part, found);
  run.problems.push(
    ...problems.map(({ file, message }) => ({
      file: `${path}/${file}`,
      message,
    })),
  );
  const isAdded =
    run.options.syncPolicy === 'additive' && pinnedId !== undefined;
  const isLatest = pinnedId === repository.latestVersion.id;
  const { version } = await maker.makeAlone({
    repositoryId: repository.id,
    baseVersionId: isAdded && !isLatest ? pinnedId : undefined,
    add: unitIds,
    remove: isAdded ? [] : '*',
    createdBy: run.context.createdBy,
    inputs: {
      operation: 'sync',
      url: describeUrl(new URL(found.root)),
      sync_policy: run.options.syncPolicy,
      revision: found.repomd.revision,
      repomd: found.digest,
    },
  });
  await deleteUnusedVersions(run.knex, repository.id);
  return { version, mirror };
}
