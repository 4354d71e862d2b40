import { createHash } from 'crypto';
import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  utimes,
  writeFile,
} from 'fs/promises';
import type { Knex } from 'knex';
import { tmpdir } from 'os';
import { join } from 'path';
import { applyDatabaseMigrations } from '../database/migrations';
import { readArtifact } from '../database/operations/artifacts';
import { TaskError } from '../tasks';
import { createTestDatabases } from '../testing';
import { ArtifactMismatchError, StorageFullError } from './errors';
import { FileSystemArtifactStorage } from './FileSystemArtifactStorage';

const TEXT = 'walrus';
const DIGESTS = Object.fromEntries(
  ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map(type => [
    type,
    createHash(type).update(TEXT).digest('hex'),
  ]),
);

async function* bytes(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

describe('FileSystemArtifactStorage', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %s', id => {
    let knex: Knex;
    let root: string;
    let storage: FileSystemArtifactStorage;

    beforeAll(async () => {
      knex = await databases.init(id);
      await applyDatabaseMigrations(knex);
    });
    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), 'rpm-storage-'));
      storage = new FileSystemArtifactStorage({ root, knex });
    });
    afterEach(async () => {
      await knex('artifact').delete();
      await rm(root, { recursive: true });
    });

    /** All files below the storage, without those that are being written. */
    async function files(folder = root): Promise<string[]> {
      const entries = await readdir(folder, {
        recursive: true,
        withFileTypes: true,
      });
      return entries
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name).slice(root.length));
    }

    it('stores a file by its digest, with all digests', async () => {
      const artifact = await storage.store(bytes('wal', 'rus'), {
        name: 'walrus',
      });
      expect(artifact).toMatchObject({ ...DIGESTS, size: 6 });
      const { sha256 } = DIGESTS;
      expect(await files()).toEqual([
        `/artifact/${sha256.slice(0, 2)}/${sha256.slice(2)}`,
      ]);
      expect(await readFile(storage.pathOf(artifact), 'utf8')).toBe(TEXT);
      for (const key of [
        { id: artifact.id },
        { uuid: artifact.uuid },
        { sha256 },
      ]) {
        expect(await readArtifact(knex, key)).toEqual(artifact);
      }
    });

    it('stores an empty file', async () => {
      const artifact = await storage.store(bytes(), { name: 'empty', size: 0 });
      expect(artifact.size).toBe(0);
      expect(await readFile(storage.pathOf(artifact), 'utf8')).toBe('');
    });

    it('finds a file that is there already', async () => {
      const first = await storage.store(bytes(TEXT), { name: 'first' });
      const second = await storage.store(bytes(TEXT), { name: 'second' });
      expect(second).toEqual(first);
      expect(await files()).toHaveLength(1);
    });

    it('stores the same file from many sides at once, also by replicas', async () => {
      const other = new FileSystemArtifactStorage({ root, knex });
      const stored = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          (i % 2 ? storage : other).store(bytes('wal', 'rus'), {
            name: `walrus ${i}`,
          }),
        ),
      );
      expect(new Set(stored.map(each => each.uuid)).size).toBe(1);
      expect(await files()).toHaveLength(1);
    });

    it('takes over a file from a work folder', async () => {
      const folder = await storage.workFolder();
      const path = join(folder.path, 'download');
      await writeFile(path, TEXT);
      const artifact = await storage.adopt(path, {
        name: 'walrus',
        size: 6,
        checksum: { type: 'sha512', value: DIGESTS.sha512.toUpperCase() },
      });
      expect(artifact).toMatchObject(DIGESTS);
      expect(await readdir(folder.path)).toEqual([]);
    });

    it.each([
      [
        'a wrong size',
        { size: 7 },
        'the walrus has 6 of the expected 7 bytes.',
      ],
      [
        'more than expected',
        { size: 3 },
        'the walrus is longer than the expected 3 bytes.',
      ],
      [
        'a wrong checksum',
        { checksum: { type: 'sha1' as const, value: 'abc' } },
        `the walrus has the sha1 checksum ${DIGESTS.sha1} instead of the expected abc.`,
      ],
    ])('refuses %s and keeps nothing', async (_, expected, message) => {
      const refused = storage.store(bytes(TEXT), {
        name: 'the walrus',
        ...expected,
      });
      await expect(refused).rejects.toThrow(message);
      await expect(refused).rejects.toBeInstanceOf(ArtifactMismatchError);
      await expect(refused).rejects.toBeInstanceOf(TaskError);
      expect(await files()).toEqual([]);
      expect(await knex('artifact')).toEqual([]);
    });

    it('stops reading as soon as there is more than expected', async () => {
      let read = 0;
      async function* endless() {
        for (;;) {
          read += 1;
          yield Buffer.alloc(10);
        }
      }
      await expect(
        storage.store(endless(), { name: 'endless', size: 25 }),
      ).rejects.toThrow(ArtifactMismatchError);
      expect(read).toBe(3);
    });

    it('says that the disk is full and leaves nothing', async () => {
      async function* full() {
        yield Buffer.from(TEXT);
        throw Object.assign(new Error('write'), { code: 'ENOSPC' });
      }
      const refused = storage.store(full(), { name: 'the walrus' });
      await expect(refused).rejects.toBeInstanceOf(StorageFullError);
      await expect(refused).rejects.toThrow(
        'There is no space left in the storage for the walrus.',
      );
      expect(await files()).toEqual([]);
    });

    it('removes a work folder with everything in it', async () => {
      const folder = await storage.workFolder();
      await mkdir(join(folder.path, 'repodata'));
      await writeFile(join(folder.path, 'repodata', 'primary.xml'), TEXT);
      expect(await files()).toHaveLength(1);
      await folder[Symbol.asyncDispose]();
      expect(await files()).toEqual([]);
    });

    it('sweeps what killed processes have left, and nothing else', async () => {
      const dead = new FileSystemArtifactStorage({ root, knex });
      await writeFile(join((await dead.workFolder()).path, 'dead'), TEXT);
      const [process] = await readdir(join(root, 'tmp'));
      const alive = await storage.workFolder();
      await writeFile(join(alive.path, 'alive'), TEXT);
      await storage.store(bytes(TEXT), { name: 'walrus' });
      const longAgo = new Date(Date.now() - 25 * 3600 * 1000);
      await utimes(join(root, 'tmp', process), longAgo, longAgo);

      await storage.sweep();

      expect(await files(join(root, 'tmp'))).toEqual([
        `${alive.path.slice(root.length)}/alive`,
      ]);
      expect(await files()).toHaveLength(2);
      await storage.close();
      expect(await files(join(root, 'tmp'))).toEqual([]);
    });

    it('sweeps nothing where nothing has been stored yet', async () => {
      await expect(storage.sweep()).resolves.toBeUndefined();
    });
  });
});
