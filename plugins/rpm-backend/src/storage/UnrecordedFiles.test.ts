import { existsSync } from 'fs';
import { mkdtemp, rm } from 'fs/promises';
import type { Knex } from 'knex';
import { tmpdir } from 'os';
import { join } from 'path';
import { applyDatabaseMigrations } from '../database/migrations';
import { createTestDatabases } from '../testing';
import { FileSystemArtifactStorage } from './FileSystemArtifactStorage';

jest.setTimeout(60_000);

const databases = createTestDatabases();

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe.each(databases.eachSupportedId())(
  'files without a record on %p',
  databaseId => {
    let knex: Knex;
    let root: string;
    let storage: FileSystemArtifactStorage;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await applyDatabaseMigrations(knex);
      root = await mkdtemp(join(tmpdir(), 'rpm-unrecorded-'));
      storage = new FileSystemArtifactStorage({ root, knex });
    });
    afterAll(async () => {
      await storage.close();
      await rm(root, { recursive: true });
    });

    const store = (text: string) => storage.store(bytes(text), { name: text });
    const forget = (sha256: string) =>
      knex('artifact').where({ sha256 }).delete();

    it('are removed, those with a record are not', async () => {
      const [kept, lost] = [await store('kept'), await store('lost')];
      await forget(lost.sha256);
      await storage.removeUnrecorded([kept.sha256, lost.sha256, lost.sha256]);
      expect(existsSync(storage.pathOf(kept))).toBe(true);
      expect(existsSync(storage.pathOf(lost))).toBe(false);
      expect(await knex('artifact').pluck('sha256')).toEqual([kept.sha256]);
    });

    it('are never removed under who stores them again', async () => {
      for (let round = 0; round < 40; round += 1) {
        const text = `round ${round}`;
        const { sha256 } = await store(text);
        await forget(sha256);
        const [again] = await Promise.all([
          store(text),
          storage.removeUnrecorded([sha256]),
          store(text),
          storage.removeUnrecorded([sha256]),
        ]);
        expect(existsSync(storage.pathOf(again))).toBe(true);
        expect(await knex('artifact').where({ sha256 })).toHaveLength(1);
      }
    });
  },
);
