import type { Knex } from 'knex';
import {
  attachArtifacts,
  savePackages,
} from '../../database/operations/content-units';
import { hrefOf, versionHrefOf } from '../../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  testPackage,
  type RpmTestBackend,
} from '../../testing';
import { insertZoo, type Zoo } from '../../testing/zoo';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('packages on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let zoo: Zoo;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex });
    zoo = await insertZoo(knex);
  });
  afterAll(() => rpm.stop());

  const list = (query: string) => rpm.get(`content/rpm/packages/?${query}`);
  const names = async (query: string) => {
    const reply = await list(`${query}&fields=name,version`);
    expect(reply.body).toMatchObject({ count: reply.body.results.length });
    return reply.body.results.map((pkg: any) => `${pkg.name} ${pkg.version}`);
  };
  const zooVersion = (number: number) =>
    versionHrefOf(zoo.repository.uuid, number);

  it('shows a package in every detail', async () => {
    const reply = await rpm.get(zoo.hrefs.get(zoo.packages[3])!);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      pulp_href: zoo.hrefs.get(zoo.packages[3]),
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
    const wanted = zoo.packages.slice(0, 2).map(id => zoo.hrefs.get(id));
    expect(await names(`pulp_href__in=${wanted.join()}&${within}`)).toEqual([
      'duck 0.7',
    ]);
  });

  it('finds a package by its checksum', async () => {
    const { body: stork } = await rpm.get(zoo.hrefs.get(zoo.packages[3])!);
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
    const reply = await list(`sha256=${digest(32)}`);
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
      const reply = await list(`name=duck&${query}`);
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
    const href = zoo.hrefs.get(zoo.packages[3])!;
    const read = await rpm.get(`${href}?fields=name,requires`);
    expect(read.body).toEqual({
      name: 'stork',
      requires: [['/bin/sh', null, null, null, null, true]],
    });
    const without = await rpm.get(`${href}?exclude_fields=files,changelogs`);
    expect(without.body.files).toBeUndefined();
    expect(without.body.requires).toHaveLength(1);
    const minimal = await list('name=stork&minimal=true');
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
});
