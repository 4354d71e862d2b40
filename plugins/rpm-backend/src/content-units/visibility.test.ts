import { mockCredentials } from '@backstage/backend-test-utils';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import { parseModulesDocument } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { applyDatabaseMigrations } from '../database/migrations';
import {
  saveModulemdDocuments,
  savePackages,
  unitHrefs,
} from '../database/operations/content-units';
import { parseReference, versionHrefOf } from '../identifiers';
import type { AccessControl, Visibility } from '../permissions/AccessControl';
import type { RepositoryRecord } from '../repository/types';
import {
  createTestDatabases,
  insertTestRepository,
  insertTestVersion,
  testPackage,
} from '../testing';
import { ContentFilters } from './ContentFilters';
import { AuthorizedContentUnitService } from './AuthorizedContentUnitService';
import { DefaultContentUnitService } from './DefaultContentUnitService';
import type { ModulemdUnitDocument } from './modulemdDraft';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const credentials = mockCredentials.user();
const query: ListQuery = { limit: 100, offset: 0 };

const MODULE = parseModulesDocument(`---
document: modulemd
version: 2
data:
  name: m
  stream: s
  version: '1'
  context: c
  arch: noarch
  summary: M
  description: M
  license: { module: [MIT] }
  artifacts: { rpms: [ 'shared-0:1.0-1.noarch', 'theirs-0:1.0-1.noarch' ] }
...`) as ModulemdUnitDocument;

describe.each(databases.eachSupportedId())(
  'who sees which content on %p',
  databaseId => {
    let knex: Knex;
    let mine: RepositoryRecord;
    let theirs: RepositoryRecord;
    let uuids: Record<'gone' | 'shared' | 'theirs' | 'orphan', string>;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await applyDatabaseMigrations(knex);
      const [gone, shared, other, orphan] = await savePackages(
        knex,
        ['gone', 'shared', 'theirs', 'orphan'].map(name =>
          testPackage({ name }),
        ),
      );
      const [module] = await saveModulemdDocuments(knex, [MODULE]);
      mine = await insertTestRepository(knex, 'mine');
      await insertTestVersion(knex, mine.id, { add: [gone, shared, module] });
      await insertTestVersion(knex, mine.id, { remove: [gone] });
      theirs = await insertTestRepository(knex, 'theirs');
      await insertTestVersion(knex, theirs.id, { add: [shared, other] });
      const hrefs = await unitHrefs(knex, [gone, shared, other, orphan]);
      const uuidOf = (id: number) => {
        const reference = parseReference(hrefs.get(id)!);
        return reference && 'uuid' in reference ? reference.uuid : '';
      };
      uuids = {
        gone: uuidOf(gone),
        shared: uuidOf(shared),
        theirs: uuidOf(other),
        orphan: uuidOf(orphan),
      };
    });

    const units = (visible: Visibility) =>
      new AuthorizedContentUnitService({
        inner: new DefaultContentUnitService({
          knex,
          filters: new ContentFilters({ knex, protectionMinutes: 0 }),
        }),
        access: {
          visibleRepositories: async () => visible,
        } as Partial<AccessControl> as AccessControl,
      });
    const names = async (visible: Visibility, filters: object = {}) => {
      const page = await units(visible).list(
        'rpm.package',
        { ...query, ...filters },
        { credentials },
      );
      expect(page.count).toBe(page.rows.length);
      return page.rows.map(({ metadata }) => metadata.name);
    };
    const onlyMine = () => ({ ids: [mine.id] });

    it('shows what was ever in a repository that may be seen', async () => {
      expect(await names('all')).toEqual([
        'orphan',
        'theirs',
        'shared',
        'gone',
      ]);
      expect(await names(onlyMine())).toEqual(['shared', 'gone']);
      expect(await names(onlyMine(), { name: 'theirs' })).toEqual([]);
      expect(await names({ ids: [] })).toEqual([]);
      const all = await units(onlyMine()).listAll(query, { credentials });
      expect(all.count).toBe(3);
    });

    it('finds a unit only for those who may see it', async () => {
      const get = (uuid: string, visible: Visibility) =>
        units(visible).get('rpm.package', uuid, {}, { credentials });
      await expect(get(uuids.shared, onlyMine())).resolves.toBeDefined();
      await expect(get(uuids.gone, onlyMine())).resolves.toBeDefined();
      await expect(get(uuids.orphan, 'all')).resolves.toBeDefined();
      for (const uuid of [uuids.theirs, uuids.orphan]) {
        await expect(get(uuid, onlyMine())).rejects.toThrow(
          'No Package matches the given query.',
        );
      }
    });

    it('does not know versions of repositories that may not be seen', async () => {
      const version = versionHrefOf(theirs.uuid, 1);
      expect(await names('all', { repository_version: version })).toEqual([
        'theirs',
        'shared',
      ]);
      await expect(
        names(onlyMine(), { repository_version: version }),
      ).rejects.toMatchObject({
        body: {
          repository_version: [
            `URI ${version} not found for repositoryversion.`,
          ],
        },
      });
    });

    it('links modules to packages that may be seen', async () => {
      const packages = async (visible: Visibility) => {
        const page = await units(visible).list('rpm.modulemd', query, {
          credentials,
        });
        return page.rows.flatMap(module =>
          module.completeness.present.map(({ uuid }) => uuid),
        );
      };
      expect(await packages('all')).toEqual([uuids.shared, uuids.theirs]);
      expect(await packages(onlyMine())).toEqual([uuids.shared]);
    });
  },
);
