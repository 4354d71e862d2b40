import { mockServices } from '@backstage/backend-test-utils';
import { mkdtemp, readdir, rm } from 'fs/promises';
import type { Knex } from 'knex';
import { Settings } from 'luxon';
import { tmpdir } from 'os';
import { join } from 'path';
import { applyDatabaseMigrations } from '../database/migrations';
import { savePackages } from '../database/operations/content-units';
import { updateRepository } from '../database/operations/repositories';
import type { RepositoryRecord } from '../repository/types';
import type { VersionRecord } from '../repository/versionTypes';
import { FileSystemArtifactStorage } from '../storage';
import type { TaskContext } from '../tasks';
import {
  createTestDatabases,
  insertTestRepository,
  insertTestVersion,
  testPackage,
} from '../testing';
import { ThreadPool } from '../workers';
import { Publisher } from './Publisher';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const OPTIONS = {
  checksumType: 'sha256',
  compressionType: 'gz',
  layout: 'flat',
  repoConfig: {},
  checkpoint: false,
} as const;

function contextOf(
  signal = new AbortController().signal,
  onProgress = () => {},
): TaskContext {
  return {
    taskId: 1,
    createdBy: 'user:default/tester',
    logger: mockServices.logger.mock(),
    signal,
    progress: () => ({
      advance: onProgress,
      setTotal: () => {},
      finish: () => {},
    }),
    commit: async () => {},
  };
}

describe.each(databases.eachSupportedId())('Publisher on %p', id => {
  const threads = new ThreadPool({
    logger: mockServices.logger.mock(),
    threads: 1,
  });
  let knex: Knex;
  let root: string;
  let publisher: Publisher;
  let repository: RepositoryRecord;
  let version: VersionRecord;

  beforeAll(async () => {
    knex = await databases.init(id);
    await applyDatabaseMigrations(knex);
    root = await mkdtemp(join(tmpdir(), 'rpm-storage-'));
    const storage = new FileSystemArtifactStorage({ root, knex });
    publisher = new Publisher({ knex, threads, storage });
  });
  afterAll(async () => {
    await threads.close();
    await rm(root, { recursive: true });
  });
  beforeEach(async () => {
    await knex('repository').delete();
    repository = await insertTestRepository(knex, 'shop');
    const add = await savePackages(
      knex,
      Array.from({ length: 1_000 }, (_, i) => testPackage({ name: `p${i}` })),
    );
    version = await insertTestVersion(knex, repository.id, { add });
  });

  const count = async () => (await knex('publication')).length;

  it('does not publish a version again that is published as its repository says', async () => {
    const first = await publisher.publishVersion(contextOf(), version);
    const again = await publisher.publishVersion(contextOf(), version);
    expect(again).toEqual(first);
    expect(await count()).toBe(1);

    await updateRepository(knex, repository.id, {
      ...repository,
      layout: 'flat',
    });
    const flat = await publisher.publishVersion(contextOf(), version);
    expect(flat.layout).toBe('flat');
    expect(await count()).toBe(2);
  });

  it('makes a publication that is there a checkpoint of its time', async () => {
    const plain = await publisher.publishVersion(contextOf(), version);
    const options = { checkpoint: true };
    const marked = await publisher.publishVersion(
      contextOf(),
      version,
      options,
    );
    expect(marked).toMatchObject({
      uuid: plain.uuid,
      checkpoint: true,
      checkpointStamp: `${plain.createdAt.slice(0, 19).replace(/[-:]/g, '')}Z`,
    });
    const again = await publisher.publishVersion(contextOf(), version, options);
    expect(again).toEqual(marked);
  });

  it('keeps the newest of checkpoints that are made in one second', async () => {
    await updateRepository(knex, repository.id, {
      ...repository,
      retainCheckpoints: 1,
    });
    const now = Date.parse('2026-01-30T12:00:00Z');
    Settings.now = () => now;
    try {
      const request = { ...OPTIONS, checkpoint: true };
      for (const second of ['00', '01', '02']) {
        const made = await publisher.publish(contextOf(), version, request);
        expect(made).toMatchObject({
          checkpoint: true,
          checkpointStamp: `20260130T1200${second}Z`,
        });
      }
    } finally {
      Settings.now = () => Date.now();
    }
  });

  it('lets its caller commit in the transaction that makes it visible', async () => {
    const failing = publisher.publish(
      contextOf(),
      version,
      OPTIONS,
      async () => {
        throw new Error('The task is lost.');
      },
    );
    await expect(failing).rejects.toThrow('The task is lost.');
    expect(await count()).toBe(0);
    expect(await knex('publication_file')).toEqual([]);
  });

  it('leaves nothing when it is cancelled', async () => {
    const abort = new AbortController();
    const context = contextOf(abort.signal, () => abort.abort());
    await expect(
      publisher.publish(context, version, OPTIONS),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(await count()).toBe(0);
    const [own] = await readdir(join(root, 'tmp'));
    expect(await readdir(join(root, 'tmp', own))).toEqual([]);
  });
});
