import { rewriteTreeinfo } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import {
  readTree,
  type VersionTree,
} from '../database/operations/distribution-trees';
import type { NewPublicationFile } from '../database/operations/publications';
import { readVersionById } from '../database/operations/versions';
import { fromTimestamp } from '../database/time';
import type { VersionRecord } from '../repository/versionTypes';
import {
  toStorageError,
  type Artifact,
  type ArtifactStorage,
} from '../storage';
import { TaskError } from '../tasks';
import type { Progress } from '../tasks/types';
import type { WorkerPool } from '../workers';
import { PACKAGE_FOLDER } from './layout';
import { planContent } from './planContent';
import { RENDER_METADATA } from './rendering';
import type { RenderBatch, RenderedFile, RenderInput } from './rendering/types';
import type { PublicationOptions } from './types';

/** What rendering works with. */
export interface Rendering {
  knex: Knex;
  threads: WorkerPool;
  storage: ArtifactStorage;
  signal: AbortSignal;
  /** Counts packages. */
  progress: Progress;
}

/** The stored metadata files of one repository. */
interface RenderedRepository {
  files: NewPublicationFile[];
  repomd: Artifact;
}

const REPOMD = 'repodata/repomd.xml';
const TREEINFO = '.treeinfo';

/**
 * Renders the metadata of a version, of the other repositories of its distribution tree, and the
 * tree's own file; stores them.
 *
 * @returns the files by their paths in the publication
 */
export async function renderVersion(
  rendering: Rendering,
  version: VersionRecord,
  options: PublicationOptions,
): Promise<NewPublicationFile[]> {
  const { knex, progress } = rendering;
  const tree = version.counts.present['rpm.distribution_tree']
    ? await readTree(knex, version)
    : undefined;
  const parts = await readParts(knex, tree);
  progress.setTotal(
    [version, ...parts.map(part => part.version)].reduce(
      (sum, { counts }) => sum + (counts.present['rpm.package'] ?? 0),
      0,
    ),
  );
  const main = await renderRepository(rendering, version, options);
  if (!tree) return main.files;

  const files = [...main.files];
  const repositories = [{ path: '', repomd: main.repomd }];
  for (const { path, version: partVersion } of parts) {
    const part = await renderRepository(rendering, partVersion, options);
    for (const file of part.files) {
      files.push({ ...file, path: `${path}/${file.path}` });
    }
    repositories.push({ path, repomd: part.repomd });
  }
  const { checksumType } = options;
  const text = rewriteTreeinfo(
    tree.text,
    repositories.map(({ path, repomd }) => ({
      repository: path,
      packages: `${path && `${path}/`}${PACKAGE_FOLDER}`,
      checksum: { type: checksumType, value: repomd[checksumType] },
    })),
  );
  const treeinfo = await storeText(rendering, TREEINFO, text);
  return [...files, { path: TREEINFO, artifactId: treeinfo.id }];
}

async function readParts(
  knex: Knex,
  tree: VersionTree | undefined,
): Promise<{ path: string; version: VersionRecord }[]> {
  const parts: { path: string; version: VersionRecord }[] = [];
  for (const { path, versionId } of tree?.repositories ?? []) {
    const version = await readVersionById(knex, versionId);
    if (!version) {
      throw new TaskError(
        'PLP0012',
        `The content of ${path} in the distribution tree does not exist any more.`,
      );
    }
    parts.push({ path, version });
  }
  return parts;
}

async function renderRepository(
  { knex, threads, storage, signal, progress }: Rendering,
  version: VersionRecord,
  options: PublicationOptions,
): Promise<RenderedRepository> {
  const content = await planContent(knex, version, options);
  const folder = await storage.workFolder();
  try {
    const rendered = await threads.run<
      RenderInput,
      RenderedFile[],
      RenderBatch
    >(
      RENDER_METADATA,
      {
        folder: folder.path,
        checksumType: options.checksumType,
        compressionType: options.compressionType,
        layout: options.layout,
        packageCount: content.packageCount,
        time: Math.floor(fromTimestamp(version.createdAt).toSeconds()),
        keptFiles: content.keptFiles,
      },
      { signal, batches: content.batches(count => progress.advance(count)) },
    );
    // By path: metadata files of two types may be one file, under one name.
    const files = new Map(
      content.keptFiles.map(({ path, artifactId }) => [path, artifactId]),
    );
    let repomd: Artifact | undefined;
    for (const { path, file, size } of rendered) {
      const artifact = await storage.adopt(file, { name: path, size });
      files.set(path, artifact.id);
      if (path === REPOMD) repomd = artifact;
    }
    return {
      files: Array.from(files, ([path, artifactId]) => ({ path, artifactId })),
      repomd: repomd!,
    };
  } catch (error) {
    throw toStorageError(error, 'the metadata');
  } finally {
    await folder[Symbol.asyncDispose]();
  }
}

function storeText(
  { storage }: Rendering,
  name: string,
  text: string,
): Promise<Artifact> {
  async function* source() {
    yield Buffer.from(text);
  }
  return storage.store(source(), { name });
}
