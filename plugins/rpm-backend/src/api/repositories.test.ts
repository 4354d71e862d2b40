import type { Knex } from 'knex';
import { savePackages, unitHrefs } from '../database/operations/content-units';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { testPackage } from '../testing/packages';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const COLLECTION = 'repositories/rpm/rpm/';
const UNKNOWN = '019bf000-0000-7000-8000-000000000001';

describe.each(databases.eachSupportedId())('repositories on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex });
  });
  afterAll(() => rpm.stop());

  const create = async (body: object) => {
    const reply = await rpm.post(COLLECTION, body);
    expect(reply.status).toBe(201);
    return reply.body;
  };
  /** The body of a reply that must be a 400. */
  const refusal = async (reply: Promise<any>) => {
    const { status, body } = await reply;
    return status === 400 ? body : { status, body };
  };

  it('creates a repository with its empty version 0', async () => {
    const repository = await create({ name: 'plain' });
    expect(repository).toMatchObject({
      name: 'plain',
      description: null,
      pulp_labels: {},
      remote: null,
      autopublish: false,
      retain_repo_versions: null,
      retain_checkpoints: null,
      retain_package_versions: 0,
      checksum_type: null,
      compression_type: null,
      layout: null,
      repo_config: {},
      metadata_signing_service: null,
      package_signing_service: null,
      package_signing_fingerprint: null,
      osv_config: null,
      metadata_checksum_type: null,
      package_checksum_type: null,
      gpgcheck: null,
      repo_gpgcheck: null,
      sqlite_metadata: false,
      owner: null,
      entity: null,
      versions_href: `${repository.pulp_href}versions/`,
      latest_version_href: `${repository.pulp_href}versions/0/`,
    });
    expect((await rpm.get(repository.pulp_href)).body).toEqual(repository);

    const version = await rpm.get(repository.latest_version_href);
    expect(version.body).toMatchObject({
      number: 0,
      repository: repository.pulp_href,
      base_version: null,
      vuln_report: null,
      created_by: 'user:default/mock',
      reason: null,
      content_summary: { added: {}, removed: {}, present: {} },
    });
  });

  it('keeps every setting', async () => {
    const remote = await rpm.post('remotes/rpm/rpm/', {
      name: 'upstream',
      url: 'https://packages.example/el9/',
    });
    const settings = {
      name: 'full',
      description: 'All of it',
      pulp_labels: { stage: 'dev', empty: '' },
      remote: remote.body.pulp_href,
      autopublish: true,
      retain_repo_versions: 3,
      retain_checkpoints: 2,
      retain_package_versions: 5,
      checksum_type: 'sha512',
      compression_type: 'zstd',
      layout: 'flat',
      repo_config: { gpgcheck: 1 },
      package_signing_fingerprint: 'keyid:0123456789abcdef',
      osv_config: [{ name: 'Red Hat', releases: ['enterprise_linux:9'] }],
      owner: 'group:default/tools',
      entity: 'component:default/hammer',
    };
    const repository = await create(settings);
    expect(repository).toMatchObject(settings);

    const same = await rpm.patch(repository.pulp_href, settings);
    expect(same.status).toBe(200);
    expect(same.body).toEqual(repository);

    const replaced = await rpm.put(repository.pulp_href, { name: 'full' });
    expect(replaced.status).toBe(202);
    const task = await rpm.completed(replaced);
    expect(task.name).toBe('pulpcore.app.tasks.base.ageneral_update');
    expect(task.reserved_resources_record).toEqual([repository.prn]);
    expect((await rpm.get(repository.pulp_href)).body).toMatchObject({
      description: null,
      pulp_labels: {},
      remote: null,
      autopublish: false,
      retain_package_versions: 0,
      layout: null,
      repo_config: {},
      owner: null,
    });
  });

  it('reads hexadecimal digits alone as a fingerprint of version 4', async () => {
    expect(
      await create({ name: 'signed', package_signing_fingerprint: 'ABCD12' }),
    ).toMatchObject({ package_signing_fingerprint: 'v4:ABCD12' });
  });

  it('loses neither of two changes of different settings', async () => {
    const { pulp_href: href } = await create({ name: 'two changes' });
    const replies = await Promise.all([
      rpm.patch(href, { description: 'one' }),
      rpm.patch(href, { autopublish: true }),
    ]);
    for (const reply of replies) await rpm.completed(reply);
    expect((await rpm.get(href)).body).toMatchObject({
      description: 'one',
      autopublish: true,
    });
  });

  it.each([
    [{}, { name: ['This field is required.'] }],
    [{ name: '' }, { name: ['This field may not be blank.'] }],
    [{ name: null }, { name: ['This field may not be null.'] }],
    [{ name: 'x', colour: 'red' }, { colour: ['Unexpected field'] }],
    [{ name: 'x', gpgcheck: 1 }, { gpgcheck: ['Unexpected field'] }],
    [
      { name: 'x', retain_repo_versions: 0 },
      {
        retain_repo_versions: [
          'Ensure this value is greater than or equal to 1.',
        ],
      },
    ],
    [
      { name: 'x', retain_package_versions: 1.5 },
      { retain_package_versions: ['A valid integer is required.'] },
    ],
    [
      { name: 'x', checksum_type: 'md5' },
      {
        checksum_type: [
          "Checksum must be one of the allowed checksum types: ['sha256', 'sha384', 'sha512']",
        ],
      },
    ],
    [
      { name: 'x', compression_type: 'xz' },
      { compression_type: ['"xz" is not a valid choice.'] },
    ],
    [{ name: 'x', layout: 'up' }, { layout: ['"up" is not a valid choice.'] }],
    [
      { name: 'x', autopublish: 'yes' },
      { autopublish: ['Must be a valid boolean.'] },
    ],
    [
      { name: 'x', package_signing_fingerprint: 'rsa:00' },
      {
        package_signing_fingerprint: [
          "Enter a fingerprint as 'v4:<hex>' or a key id as 'keyid:<16 hex>'.",
        ],
      },
    ],
    [
      { name: 'x', osv_config: [{ name: 'a', release: [] }] },
      {
        osv_config: [
          '0.releases: This field is required.',
          '0.release: Unexpected field',
        ],
      },
    ],
    [
      { name: 'x', pulp_labels: { a: '(b)' } },
      { pulp_labels: ['a: Label values may not contain parentheses.'] },
    ],
    [
      { name: 'x', remote: `/api/rpm/pulp/api/v3/remotes/rpm/rpm/${UNKNOWN}/` },
      { remote: ['Invalid hyperlink - Object does not exist.'] },
    ],
    [
      { name: 'x', remote: 'nowhere' },
      { remote: ['Invalid hyperlink - Object does not exist.'] },
    ],
  ])('refuses %j', async (body, errors) => {
    expect(await refusal(rpm.post(COLLECTION, body))).toEqual(errors);
  });

  it('refuses names that are taken', async () => {
    const { pulp_href: href } = await create({ name: 'first' });
    await create({ name: 'second' });
    const taken = { name: ['This field must be unique.'] };
    expect(await refusal(rpm.post(COLLECTION, { name: 'first' }))).toEqual(
      taken,
    );
    expect(await refusal(rpm.patch(href, { name: 'second' }))).toEqual(taken);
  });

  it('fails the later of two renamings to one name', async () => {
    const one = await create({ name: 'rename one' });
    const two = await create({ name: 'rename two' });
    const replies = await Promise.all(
      [one, two].map(({ pulp_href: href }) =>
        rpm.patch(href, { name: 'renamed' }),
      ),
    );
    const tasks = await Promise.all(
      replies
        .filter(reply => reply.status === 202)
        .map(reply => rpm.finished(reply)),
    );
    const completed = tasks.filter(task => task.state === 'completed');
    expect(completed).toHaveLength(1);
  });

  it('loses none of several labels set at once, nor settings beside them', async () => {
    const { pulp_href: href } = await create({ name: 'contended labels' });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const [update] = await Promise.all([
      rpm.patch(href, { description: 'kept' }),
      ...keys.map(key => rpm.post(`${href}set_label/`, { key, value: key })),
    ]);
    await rpm.completed(update);
    const { body } = await rpm.get(href);
    expect(Object.keys(body.pulp_labels).sort()).toEqual(keys);
    expect(body.description).toBe('kept');
  });

  it('sets and removes single labels', async () => {
    const { pulp_href: href } = await create({ name: 'labelled' });
    const label = { key: 'stage', value: 'dev' };
    const set = await rpm.post(`${href}set_label/`, label);
    expect(set.status).toBe(201);
    expect(set.body).toEqual(label);
    expect((await rpm.get(href)).body.pulp_labels).toEqual({ stage: 'dev' });
    expect(
      await refusal(rpm.post(`${href}set_label/`, { key: 'a(', value: 'b' })),
    ).toEqual({ key: ['Invalid label key.'] });

    const unset = await rpm.post(`${href}unset_label/`, { key: 'stage' });
    expect(unset.status).toBe(201);
    expect(unset.body).toEqual(label);
    expect((await rpm.get(href)).body.pulp_labels).toEqual({});
    expect(
      await refusal(rpm.post(`${href}unset_label/`, { key: 'stage' })),
    ).toEqual(["Label 'stage' is not set on the object."]);
  });

  it('lists by owner, entity, name, remote and content', async () => {
    const remote = await rpm.post('remotes/rpm/rpm/', {
      name: 'listed',
      url: 'https://packages.example/listed/',
    });
    const one = await create({
      name: 'Listed-one',
      owner: 'group:default/list',
      remote: remote.body.pulp_href,
    });
    await create({
      name: 'listed-two',
      owner: 'group:default/list',
      entity: 'component:default/listed',
      retain_repo_versions: 4,
    });
    const [unit] = (
      await unitHrefs(
        knex,
        await savePackages(knex, [testPackage({ name: 'listed' })]),
      )
    ).values();
    await rpm.completed(
      await rpm.post(`${one.pulp_href}modify/`, { add_content_units: [unit] }),
    );
    await rpm.completed(
      await rpm.post(`${one.pulp_href}modify/`, {
        remove_content_units: ['*'],
      }),
    );
    const names = async (query: string) => {
      const { status, body } = await rpm.get(`${COLLECTION}?${query}`);
      expect(status).toBe(200);
      return body.results.map((result: any) => result.name);
    };
    expect(await names('owner=group:default/list')).toEqual([
      'listed-two',
      'Listed-one',
    ]);
    expect(
      await names('owner=group:default/list&ordering=name&limit=1&offset=1'),
    ).toEqual(['listed-two']);
    expect(await names('entity=component:default/listed')).toEqual([
      'listed-two',
    ]);
    expect(await names('name=listed-two')).toEqual(['listed-two']);
    expect(await names('name__istartswith=listed')).toHaveLength(2);
    expect(await names('name__startswith=listed')).toEqual(['listed-two']);
    expect(await names('retain_repo_versions__gte=4')).toEqual(['listed-two']);
    expect(await names(`remote=${remote.body.pulp_href}`)).toEqual([
      'Listed-one',
    ]);
    expect(await names(`remote__in=${remote.body.prn}`)).toEqual([
      'Listed-one',
    ]);
    expect(await names('remote=null&owner=group:default/list')).toEqual([
      'listed-two',
    ]);
    expect(await names(`with_content=${unit}`)).toEqual(['Listed-one']);
    expect(await names(`latest_with_content=${unit}`)).toEqual([]);
    expect(await names(`prn__in=${one.prn}`)).toEqual(['Listed-one']);
  });

  it('deletes a repository with its versions and content', async () => {
    const repository = await create({ name: 'short-lived' });
    const [unit] = (
      await unitHrefs(
        knex,
        await savePackages(knex, [testPackage({ name: 'stays' })]),
      )
    ).values();
    await rpm.completed(
      await rpm.post(`${repository.pulp_href}modify/`, {
        add_content_units: [unit],
      }),
    );
    const distributed = await rpm.completed(
      await rpm.post('distributions/rpm/rpm/', {
        name: 'stays',
        base_path: 'stays',
        repository: repository.pulp_href,
      }),
    );
    const reply = await rpm.delete(repository.pulp_href);
    expect(reply.status).toBe(202);
    const task = await rpm.completed(reply);
    expect(task.name).toBe('pulpcore.app.tasks.base.general_delete');
    expect((await rpm.get(repository.pulp_href)).status).toBe(404);
    expect((await rpm.get(repository.latest_version_href)).status).toBe(404);
    const [distribution] = distributed.created_resources;
    expect((await rpm.get(distribution)).body.repository).toBeNull();
    expect(
      (await rpm.get(`${COLLECTION}?with_content=${unit}`)).body.count,
    ).toBe(0);
    await create({ name: 'short-lived' });
  });

  it.each([
    ['get', `${COLLECTION}${UNKNOWN}/`],
    ['patch', `${COLLECTION}${UNKNOWN}/`],
    ['delete', `${COLLECTION}${UNKNOWN}/`],
    ['post', `${COLLECTION}${UNKNOWN}/modify/`],
    ['get', `${COLLECTION}${UNKNOWN}/versions/`],
    ['get', `${COLLECTION}${UNKNOWN}/versions/0/`],
    ['get', `${COLLECTION}nonsense/`],
    ['get', `${COLLECTION}${UNKNOWN}/versions/nonsense/`],
    ['get', `${COLLECTION}${UNKNOWN}/versions/99999999999999999999/`],
  ] as const)('answers 404 to %s %s', async (method, path) => {
    const reply = await rpm[method](path);
    expect(reply.status).toBe(404);
    expect(reply.body).toEqual({ detail: expect.any(String) });
  });
});
