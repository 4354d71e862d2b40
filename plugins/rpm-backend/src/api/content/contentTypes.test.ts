import type { Knex } from 'knex';
import {
  CONTENT_TYPES,
  versionHrefOf,
  type ContentType,
} from '../../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../../testing';
import { insertZoo, ZOO_ADVISORY, type Zoo } from '../../testing/zoo';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'content types on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let zoo: Zoo;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      zoo = await insertZoo(knex);
    });
    afterAll(() => rpm.stop());

    const list = (type: ContentType, query = '') =>
      rpm.get(`${CONTENT_TYPES[type].collection}/?${query}`);
    const zooVersion = (number: number) =>
      versionHrefOf(zoo.repository.uuid, number);
    const only = async (type: ContentType) => {
      const reply = await list(type);
      expect(reply.body.count).toBe(1);
      const [listed] = reply.body.results;
      const read = await rpm.get(listed.pulp_href);
      expect(read.status).toBe(200);
      expect(read.body).toEqual(listed);
      const { pulp_href: href, prn, pulp_created: created, ...rest } = listed;
      expect(href).toMatch(CONTENT_TYPES[type].collection);
      expect(prn).toMatch(`prn:${CONTENT_TYPES[type].prn}:`);
      expect(rest.pulp_last_updated).toBe(created);
      expect(rest).toMatchObject({ pulp_labels: {}, vuln_report: null });
      return rest;
    };

    it('shows advisories', async () => {
      expect(await only('rpm.advisory')).toMatchObject({
        id: 'EX-2024:1',
        title: 'Ducks swim',
        severity: 'Low',
        issued_date: '2024-01-31 12:00:00',
        updated_date: null,
        fromstr: null,
        reboot_suggested: false,
        pkglist: [
          {
            name: 'collection-0',
            shortname: null,
            module: ZOO_ADVISORY.pkglist[0].module,
            packages: [
              {
                name: 'duck',
                epoch: '0',
                version: '0.7',
                release: '1',
                arch: 'noarch',
                filename: 'duck-0.7-1.noarch.rpm',
                src: null,
                sum: null,
                sum_type: null,
                reboot_suggested: false,
                restart_suggested: true,
                relogin_suggested: false,
              },
            ],
          },
        ],
        references: [
          {
            href: 'https://bugs.example/1',
            id: '1',
            title: null,
            type: 'bugzilla',
          },
        ],
      });
      for (const [query, count] of [
        ['id=EX-2024:1', 1],
        ['id__in=EX-2024:1,x', 1],
        ['severity__ne=Low', 0],
        ['type=enhancement&minimal=true', 1],
      ]) {
        const reply = await list('rpm.advisory', String(query));
        expect([query, reply.body.count]).toEqual([query, count]);
      }
    });

    it('shows modules with those of their packages that are here', async () => {
      const module = await only('rpm.modulemd');
      expect(module).toMatchObject({
        name: 'ducks',
        stream: '1',
        version: '1',
        context: 'c0ffee',
        arch: 'noarch',
        static_context: null,
        description: 'All ducks',
        artifacts: ['duck-0:0.7-1.noarch', 'goose-0:1-1.noarch'],
        packages: [zoo.hrefs.get(zoo.packages[1])],
        dependencies: [{ requires: { platform: ['el9'] } }],
        profiles: { default: ['duck'] },
      });
      const within = await list(
        'rpm.modulemd',
        `stream=1&repository_version=${zooVersion(2)}`,
      );
      expect(within.body.results[0].packages).toEqual(module.packages);
      expect((await list('rpm.modulemd', 'stream=2')).body.count).toBe(0);

      expect(await only('rpm.modulemd_defaults')).toMatchObject({
        module: 'ducks',
        stream: '1',
        profiles: { '1': ['default'] },
      });
      expect(await only('rpm.modulemd_obsolete')).toMatchObject({
        modified: '2024-01-01T00:00Z',
        module_name: 'ducks',
        module_stream: '1',
        message: 'gone',
        override_previous: 'True',
        module_context: null,
        eol_date: null,
        obsoleted_by_module_name: 'geese',
        obsoleted_by_module_stream: '2',
      });
    });

    it('shows groups, categories, environments and langpacks', async () => {
      const texts = {
        name: 'Birds',
        description: 'They fly',
        name_by_lang: { de: 'Vögel' },
        desc_by_lang: {},
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      };
      expect(await only('rpm.packagegroup')).toMatchObject({
        ...texts,
        id: 'birds',
        display_order: 5,
        default: true,
        user_visible: true,
        biarch_only: false,
        packages: [
          { name: 'duck', type: 3, basearchonly: false, requires: null },
          { name: 'stork', type: 2, basearchonly: true, requires: 'duck' },
        ],
      });
      expect(await only('rpm.packagecategory')).toMatchObject({
        ...texts,
        id: 'all',
        display_order: null,
        group_ids: [{ name: 'birds', default: false }],
      });
      expect(await only('rpm.packageenvironment')).toMatchObject({
        ...texts,
        id: 'zoo',
        group_ids: [{ name: 'birds', default: false }],
        option_ids: [{ name: 'fish', default: true }],
      });
      expect(await only('rpm.packagelangpacks')).toMatchObject({
        matches: { duck: 'duck-%s' },
      });
    });

    it('shows metadata files', async () => {
      expect(await only('rpm.repo_metadata_file')).toMatchObject({
        artifact: null,
        sha256: null,
        data_type: 'productid',
        relative_path: 'repodata/productid.gz',
        checksum_type: 'sha256',
        checksum: 'ab'.repeat(32),
      });
    });
  },
);
