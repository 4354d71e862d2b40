import type { Knex } from 'knex';
import {
  createTestDatabases,
  insertTestRepository,
  insertTestVersion,
} from '../../../testing';
import type { RepositoryRecord } from '../../../repository/types';
import { applyDatabaseMigrations } from '../../migrations';
import { readOwned } from '../ownership';
import { listVersions } from '../versions';
import {
  deleteUnusedVersions,
  takeHiddenRepository,
} from './hiddenRepositories';
import { saveDistributionTree } from './saveDistributionTree';
import { parseTreeinfo } from '@rpmportal/rpm-format';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const TEXT = '[tree]\narch = x86_64';

describe.each(databases.eachSupportedId())(
  'hidden repositories on %p',
  databaseId => {
    let knex: Knex;
    let parent: RepositoryRecord;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await applyDatabaseMigrations(knex);
      parent = await insertTestRepository(knex, 'parent');
      await knex('repository')
        .where({ id: parent.id })
        .update({ owner_ref: 'group:default/zoo' });
    });

    it('are one for each folder, and belong to whom the parent belongs', async () => {
      const one = await takeHiddenRepository(knex, parent.id, 'addons/A');
      const two = await takeHiddenRepository(knex, parent.id, 'addons/B');
      expect(one.id).not.toBe(two.id);
      const again = await takeHiddenRepository(knex, parent.id, 'addons/A');
      expect(again).toEqual(one);
      expect(await readOwned(knex, 'repository', [one.uuid])).toEqual([
        expect.objectContaining({
          id: one.id,
          uuid: one.uuid,
          name: 'parent',
          owner: 'group:default/zoo',
        }),
      ]);
    });

    it('keep the versions that trees are made of, and the latest', async () => {
      const hidden = await takeHiddenRepository(knex, parent.id, 'addons/C');
      for (let i = 0; i < 3; i += 1) {
        await insertTestVersion(knex, hidden.id, {});
      }
      const rows = await knex('repository_version')
        .where({ repository_id: hidden.id })
        .orderBy('number');
      await saveDistributionTree(knex, {
        text: TEXT,
        treeinfo: parseTreeinfo(TEXT),
        files: [],
        repositories: [{ path: 'addons/C', version: rows[1] }],
      });
      await deleteUnusedVersions(knex, hidden.id);
      const left = await knex('repository_version')
        .where({ repository_id: hidden.id })
        .orderBy('number')
        .pluck('number');
      expect(left).toEqual([1, 3]);
      const all = await listVersions(
        knex,
        undefined,
        { limit: 100, offset: 0 },
        'all',
      );
      expect(
        all.rows.some(({ repositoryId }) => repositoryId === hidden.id),
      ).toBe(false);
    });
  },
);
