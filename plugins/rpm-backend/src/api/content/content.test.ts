import {
  parseModulesDocument,
  type Advisory,
  type CompsUnit,
} from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import type { ModulemdUnitDocument } from '../../content-units/modulemdDraft';
import {
  attachArtifacts,
  saveAdvisories,
  saveComps,
  saveModulemdDocuments,
  savePackages,
  saveRepoMetadataFiles,
  unitHrefs,
} from '../../database/operations/content-units';
import {
  CONTENT_TYPES,
  hrefOf,
  prnOf,
  versionHrefOf,
  type ContentType,
} from '../../identifiers';
import type { RepositoryRecord } from '../../repository/types';
import {
  createTestDatabases,
  insertTestRepository,
  insertTestVersion,
  startRpmBackend,
  testPackage,
  type RpmTestBackend,
} from '../../testing';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const ADVISORY: Advisory = {
  id: 'EX-2024:1',
  title: 'Ducks swim',
  type: 'enhancement',
  severity: 'Low',
  issuedDate: '2024-01-31 12:00:00',
  rebootSuggested: false,
  pkglist: [
    {
      name: 'collection-0',
      module: {
        name: 'ducks',
        stream: '1',
        version: '1',
        context: 'c0ffee',
        arch: 'noarch',
      },
      packages: [
        {
          name: 'duck',
          epoch: '0',
          version: '0.7',
          release: '1',
          arch: 'noarch',
          filename: 'duck-0.7-1.noarch.rpm',
          rebootSuggested: false,
          restartSuggested: true,
          reloginSuggested: false,
        },
      ],
    },
  ],
  references: [{ href: 'https://bugs.example/1', id: '1', type: 'bugzilla' }],
};

const TEXTS = {
  name: 'Birds',
  description: 'They fly',
  nameByLang: { de: 'Vögel' },
  descByLang: {},
};

const COMPS: CompsUnit[] = [
  {
    kind: 'group',
    ...TEXTS,
    id: 'birds',
    displayOrder: 5,
    default: true,
    userVisible: true,
    biarchOnly: false,
    packages: [
      { name: 'duck', type: 'mandatory', baseArchOnly: false },
      {
        name: 'stork',
        type: 'conditional',
        baseArchOnly: true,
        requires: 'duck',
      },
    ],
  },
  {
    kind: 'category',
    ...TEXTS,
    id: 'all',
    groups: [{ id: 'birds', default: false }],
  },
  {
    kind: 'environment',
    ...TEXTS,
    id: 'zoo',
    groups: [{ id: 'birds', default: false }],
    optionalGroups: [{ id: 'fish', default: true }],
  },
  { kind: 'langpacks', matches: { duck: 'duck-%s' } },
];

const MODULES = [
  `document: modulemd
version: 2
data:
  name: ducks
  stream: '1'
  version: '1'
  context: c0ffee
  arch: noarch
  summary: Ducks
  description: All ducks
  license: { module: [MIT] }
  dependencies:
  - requires: { platform: [el9] }
  profiles: { default: { rpms: [duck] } }
  artifacts: { rpms: [ 'duck-0:0.7-1.noarch', 'goose-0:1-1.noarch' ] }`,
  `document: modulemd-defaults
version: 1
data: { module: ducks, stream: '1', profiles: { '1': [default] } }`,
  `document: modulemd-obsoletes
version: 1
data:
  modified: 2024-01-01T00:00Z
  module: ducks
  stream: '1'
  message: gone
  reset: true
  obsoleted_by: { module: geese, stream: '2' }`,
].map(
  text => parseModulesDocument(`---\n${text}\n...`) as ModulemdUnitDocument,
);

describe.each(databases.eachSupportedId())('content on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let zoo: RepositoryRecord;
  let hrefs: Map<number, string>;
  let packages: number[];
  let others: number[];

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex });
    packages = await savePackages(
      knex,
      ['0.6', '0.7', '0.8']
        .map(version => testPackage({ name: 'duck', version }))
        .concat(
          testPackage({
            name: 'stork',
            version: '2',
            arch: 'x86_64',
            provides: [
              { name: 'stork', flags: 'EQ', epoch: '0', version: '2' },
            ],
            requires: [{ name: '/bin/sh', pre: true }],
            files: [
              { type: 'file', path: '/usr/bin/stork' },
              { type: 'dir', path: '/usr/share/stork' },
            ],
            changelogs: [{ author: 'S', time: 17, text: '- hatched' }],
          }),
          testPackage({ name: 'outsider' }),
        ),
    );
    others = [
      ...(await saveAdvisories(knex, [ADVISORY])),
      ...(await saveModulemdDocuments(knex, MODULES)),
      ...(await saveComps(knex, COMPS)),
      ...(await saveRepoMetadataFiles(knex, [
        {
          dataType: 'productid',
          relativePath: 'repodata/productid.gz',
          checksumType: 'sha256',
          checksum: 'ab'.repeat(32),
        },
      ])),
    ];
    hrefs = await unitHrefs(knex, [...packages, ...others]);
    zoo = await insertTestRepository(knex, 'zoo');
    const [duck6, duck7, duck8, stork] = packages;
    await insertTestVersion(knex, zoo.id, { add: [duck6, duck7, stork] });
    await insertTestVersion(knex, zoo.id, {
      add: [duck8, ...others],
      remove: [duck6],
    });
  });
  afterAll(() => rpm.stop());

  const list = (type: ContentType, query = '') =>
    rpm.get(`${CONTENT_TYPES[type].collection}/?${query}`);
  const names = async (query: string) => {
    const reply = await list('rpm.package', `${query}&fields=name,version`);
    expect(reply.body).toMatchObject({ count: reply.body.results.length });
    return reply.body.results.map((pkg: any) => `${pkg.name} ${pkg.version}`);
  };
  const zooVersion = (number: number) => versionHrefOf(zoo.uuid, number);
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

  it('shows a package in every detail', async () => {
    const reply = await rpm.get(hrefs.get(packages[3])!);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      pulp_href: hrefs.get(packages[3]),
      prn: expect.stringMatching(/^prn:rpm\.package:/),
      pulp_created: expect.stringMatching(/^\d{4}-.*\d{6}Z$/),
      pulp_last_updated: reply.body.pulp_created,
      pulp_labels: {},
      vuln_report: null,
      artifact: null,
      md5: null,
      sha1: null,
      sha224: null,
      sha256: null,
      sha384: null,
      sha512: null,
      name: 'stork',
      epoch: '0',
      version: '2',
      release: '1',
      arch: 'x86_64',
      pkgId: expect.stringMatching(/^[0-9a-f]{64}$/),
      checksum_type: 'sha256',
      signing_keys: null,
      summary: 'The package stork',
      description: '',
      url: '',
      changelogs: [['S', 17, '- hatched']],
      files: [
        [null, '/usr/bin/', 'stork'],
        ['dir', '/usr/share/', 'stork'],
      ],
      requires: [['/bin/sh', null, null, null, null, true]],
      provides: [['stork', 'EQ', '0', '2', null, false]],
      conflicts: [],
      obsoletes: [],
      suggests: [],
      enhances: [],
      recommends: [],
      supplements: [],
      location_base: '',
      location_href: 'stork-2-1.x86_64.rpm',
      rpm_buildhost: '',
      rpm_group: '',
      rpm_license: 'MIT',
      rpm_packager: '',
      rpm_sourcerpm: '',
      rpm_vendor: '',
      rpm_header_start: 100,
      rpm_header_end: 200,
      is_modular: false,
      size_archive: 3000,
      size_installed: 2000,
      size_package: 1000,
      time_build: 1_700_000_000,
      time_file: 1_700_000_000,
    });
  });

  it('lists the newest first, and pages', async () => {
    const reply = await list('rpm.package', 'limit=2&offset=1&fields=name');
    expect(reply.body).toEqual({
      count: 5,
      next: expect.stringContaining('offset=3'),
      previous: expect.stringContaining('offset=0'),
      results: [{ name: 'stork' }, { name: 'duck' }],
    });
    const version = await list(
      'rpm.package',
      `limit=1&repository_version=${zooVersion(2)}`,
    );
    expect(version.body.count).toBe(3);
    expect(version.body.results[0].name).toBe('stork');
  });

  it('tells what a version holds, added and removed', async () => {
    const version = zooVersion(2);
    expect(await names(`repository_version=${version}`)).toEqual([
      'stork 2',
      'duck 0.8',
      'duck 0.7',
    ]);
    expect(await names(`repository_version=${zooVersion(1)}`)).toEqual([
      'stork 2',
      'duck 0.7',
      'duck 0.6',
    ]);
    expect(await names(`repository_version=${zooVersion(0)}`)).toEqual([]);
    expect(await names(`repository_version_added=${version}`)).toEqual([
      'duck 0.8',
    ]);
    expect(await names(`repository_version_removed=${version}`)).toEqual([
      'duck 0.6',
    ]);
    expect(
      await names(
        `repository_version=${zooVersion(
          1,
        )}&repository_version_removed=${version}`,
      ),
    ).toEqual(['duck 0.6']);
  });

  it('takes a repository for its latest version, and PRNs for hrefs', async () => {
    const expected = ['stork 2', 'duck 0.8', 'duck 0.7'];
    for (const reference of [
      hrefOf('repository', zoo.uuid),
      prnOf('repository', zoo.uuid),
    ]) {
      expect(await names(`repository_version=${reference}`)).toEqual(expected);
    }
    const { body: version } = await rpm.get(zooVersion(2));
    expect(await names(`repository_version=${version.prn}`)).toEqual(expected);
    for (const [type, { href, count }] of Object.entries<any>(
      version.content_summary.present,
    )) {
      const reply = await rpm.get(href);
      expect([type, reply.body.count]).toEqual([type, count]);
      expect(reply.body.results).toHaveLength(count);
    }
  });

  it.each([
    ['name=duck&version=0.7', ['duck 0.7']],
    ['name__in=stork,outsider', ['outsider 1.0', 'stork 2']],
    ['name__ne=duck', ['outsider 1.0', 'stork 2']],
    ['name__contains=or', ['stork 2']],
    ['name__startswith=out', ['outsider 1.0']],
    ['arch=x86_64', ['stork 2']],
    ['arch__in=x86_64,src', ['stork 2']],
    ['release__startswith=2', []],
    ['version__in=0.6,0.8', ['duck 0.8', 'duck 0.6']],
    ['epoch__ne=0', []],
    ['checksum_type=sha512', []],
    ['filename=duck-0.6-1.noarch.rpm', ['duck 0.6']],
    ['name=duck&ordering=version', ['duck 0.6', 'duck 0.7', 'duck 0.8']],
    ['ordering=-name,version&limit=9&arch=x86_64', ['stork 2']],
  ])('filters packages by %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('filters within a version', async () => {
    const within = `repository_version=${zooVersion(2)}`;
    expect(await names(`name=duck&${within}`)).toEqual([
      'duck 0.8',
      'duck 0.7',
    ]);
    expect(await names(`ordering=version&${within}`)).toEqual([
      'duck 0.7',
      'duck 0.8',
      'stork 2',
    ]);
    expect(await names(`name=outsider&${within}`)).toEqual([]);
    const wanted = [packages[0], packages[1]].map(id => hrefs.get(id));
    expect(await names(`pulp_href__in=${wanted.join()}&${within}`)).toEqual([
      'duck 0.7',
    ]);
  });

  it('finds a package by its checksum', async () => {
    const { body: stork } = await rpm.get(hrefs.get(packages[3])!);
    expect(await names(`pkgId=${stork.pkgId}`)).toEqual(['stork 2']);
    expect(await names(`pkgId__in=${stork.pkgId},00`)).toEqual(['stork 2']);
  });

  it('shows the file of a package once it is stored', async () => {
    const [id] = await savePackages(knex, [testPackage({ name: 'stored' })]);
    const digest = (size: number) => 'c5'.repeat(size);
    const uuid = '01900000-0000-7000-8000-0000000000aa';
    const [{ id: artifactId }] = await knex('artifact')
      .insert({
        uuid,
        sha256: digest(32),
        size: 1000,
        sha224: digest(28),
        sha384: digest(48),
        sha512: digest(64),
        created_at: '2026-01-01T00:00:00.000000Z',
      })
      .returning('id');
    await attachArtifacts(knex, [{ unit_id: id, artifact_id: artifactId }]);
    const reply = await list('rpm.package', `sha256=${digest(32)}`);
    expect(reply.body).toMatchObject({
      count: 1,
      results: [
        {
          name: 'stored',
          artifact: hrefOf('artifact', uuid),
          md5: null,
          sha256: digest(32),
          sha512: digest(64),
        },
      ],
    });
    await knex('unit').where({ id }).delete();
  });

  it('calls a package modular where a module of the version names it', async () => {
    const modular = async (query: string) => {
      const reply = await list('rpm.package', `name=duck&${query}`);
      return reply.body.results
        .filter((pkg: any) => pkg.is_modular)
        .map((pkg: any) => pkg.version);
    };
    expect(await modular('')).toEqual(['0.7']);
    expect(await modular(`repository_version=${zooVersion(2)}`)).toEqual([
      '0.7',
    ]);
    expect(await modular(`repository_version=${zooVersion(1)}`)).toEqual([]);
  });

  it('trims what it shows', async () => {
    const href = hrefs.get(packages[3])!;
    const read = await rpm.get(`${href}?fields=name,requires`);
    expect(read.body).toEqual({
      name: 'stork',
      requires: [['/bin/sh', null, null, null, null, true]],
    });
    const without = await rpm.get(`${href}?exclude_fields=files,changelogs`);
    expect(without.body.files).toBeUndefined();
    expect(without.body.requires).toHaveLength(1);
    const minimal = await list('rpm.package', 'name=stork&minimal=true');
    expect(Object.keys(minimal.body.results[0]).sort()).toEqual(
      [
        'arch',
        'checksum_type',
        'epoch',
        'name',
        'pkgId',
        'prn',
        'pulp_created',
        'pulp_href',
        'pulp_labels',
        'pulp_last_updated',
        'release',
        'signing_keys',
        'version',
        'vuln_report',
      ].sort(),
    );
  });

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
          module: ADVISORY.pkglist[0].module,
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
      packages: [hrefs.get(packages[1])],
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

  it('lists content of all types together', async () => {
    const all = await rpm.get('content/');
    expect(all.body.count).toBe(packages.length + others.length);
    expect(Object.keys(all.body.results[0]).sort()).toEqual([
      'prn',
      'pulp_created',
      'pulp_href',
      'pulp_labels',
      'pulp_last_updated',
      'vuln_report',
    ]);
    const within = await rpm.get(
      `content/?limit=1&repository_version=${zooVersion(2)}`,
    );
    expect(within.body.count).toBe(3 + others.length);
    const typed = await rpm.get(
      `content/?pulp_type__in=rpm.advisory,rpm.modulemd&repository_version=${zooVersion(
        2,
      )}`,
    );
    expect(typed.body.results.map((unit: any) => unit.pulp_href)).toEqual([
      hrefs.get(others[1]),
      hrefs.get(others[0]),
    ]);
  });

  it.each([
    ['colour=red', { errors: ["Invalid Filter: 'colour'"] }],
    [
      'repository_version=nowhere',
      { repository_version: ['URI not valid: nowhere.'] },
    ],
    [
      'ordering=colour',
      {
        ordering: [
          'Select a valid choice. colour is not one of the available choices.',
        ],
      },
    ],
    ['limit=x', { limit: ['A valid integer is required.'] }],
  ])('refuses %s', async (query, body) => {
    const reply = await list('rpm.package', query);
    expect({ status: reply.status, body: reply.body }).toEqual({
      status: 400,
      body,
    });
  });

  it('does not find what is not there, and changes nothing', async () => {
    const missing = hrefOf(
      'rpm.package',
      '01900000-0000-7000-8000-000000000000',
    );
    const notFound = await rpm.get(missing);
    expect(notFound.status).toBe(404);
    expect(notFound.body).toEqual({
      detail: 'No Package matches the given query.',
    });
    const uuid = hrefs.get(packages[0])!.split('/').at(-2)!;
    expect((await rpm.get(hrefOf('rpm.advisory', uuid))).status).toBe(404);
    expect((await rpm.get('content/rpm/packages/nonsense/')).status).toBe(404);

    const version = zooVersion(17);
    const unknown = await list('rpm.package', `repository_version=${version}`);
    expect(unknown.status).toBe(400);
    expect(unknown.body).toEqual({
      repository_version: [`URI ${version} not found for repositoryversion.`],
    });

    const href = hrefs.get(packages[0])!;
    expect((await rpm.delete(href)).status).toBe(405);
    expect((await rpm.patch(href, { name: 'x' })).status).toBe(405);
  });
});
