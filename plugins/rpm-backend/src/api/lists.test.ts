import { mockCredentials } from '@backstage/backend-test-utils';
import { hrefOf, prnOf, versionHrefOf } from '../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import {
  argumentFor,
  isFreeText,
  quoted,
  splitName,
  wrongValue,
  type Parameter,
} from '../testing/filterSamples';
import { insertZoo, type Zoo } from '../testing/zoo';

jest.setTimeout(300_000);

const databases = createTestDatabases();

interface List {
  id: string;
  path: string;
  parameters: Parameter[];
}

/** Parameters that are about the page and not about what is in the list. */
const OF_THE_PAGE = [
  'limit',
  'offset',
  'ordering',
  'fields',
  'exclude_fields',
  'minimal',
  'q',
];

/** Fields that nothing can be ordered by: lists, objects, and what is made of other fields. */
const NOT_ORDERED = new Set(
  [
    'pulp_href prn pulp_labels versions_href latest_version_href vuln_report',
    'repo_config metadata_signing_service package_signing_service',
    'package_signing_fingerprint osv_config metadata_checksum_type',
    'package_checksum_type gpgcheck repo_gpgcheck sqlite_metadata',
    'ca_cert client_cert headers sles_auth_token hidden_fields',
    'content_summary inputs base_url content_guard content_guard_prn',
    'no_content_change_since artifact md5 sha1 sha224 sha256 sha384 sha512',
    'signing_keys changelogs files requires provides conflicts obsoletes',
    'suggests enhances recommends supplements location_base is_modular',
    'pkglist references artifacts dependencies packages profiles snippet',
    'pulp_artifacts_map missing_artifacts',
    'desc_by_lang name_by_lang group_ids option_ids matches',
    'error parent_task child_tasks task_group progress_reports result',
    'created_resources created_resource_prns reserved_resources_record',
    'pulp_api_version',
  ].flatMap(names => names.split(' ')),
);

describe.each(databases.eachSupportedId())('lists on %p', databaseId => {
  let rpm: RpmTestBackend;
  let lists: List[];
  /** Sensible values that entities do not show, by `<field>`, `<list> <field>` or `<list> <filter>`. */
  let samples: Record<string, string>;

  const listed = async (list: List, query: Record<string, string> = {}) => {
    const search = new URLSearchParams({ limit: '1000', ...query });
    const reply = await rpm.get(`${list.path}?${search}`);
    const hrefs = reply.body.results?.map((item: any) => item.pulp_href);
    return { reply, hrefs: hrefs as string[] | undefined };
  };

  async function publishZoo(zoo: Zoo): Promise<void> {
    const repository = hrefOf('repository', zoo.repository.uuid);
    const remote = await rpm.post('remotes/rpm/rpm/', {
      name: 'spring',
      url: 'https://packages.example/',
      pulp_labels: { stage: 'dev' },
    });
    await rpm.post('remotes/rpm/rpm/', { name: 'well', url: 'https://h/' });
    await rpm.post('repositories/rpm/rpm/', { name: 'aquarium' });
    await rpm.completed(
      await rpm.patch(repository, {
        remote: remote.body.pulp_href,
        retain_repo_versions: 9,
        retain_checkpoints: 9,
        owner: 'group:default/keepers',
        entity: 'component:default/zoo',
        pulp_labels: { stage: 'dev' },
      }),
    );
    // A metadata file that is not stored cannot be published.
    await rpm.completed(
      await rpm.post(`${repository}modify/`, {
        remove_content_units: [zoo.hrefs.get(zoo.others.at(-1)!)],
      }),
    );
    await rpm.completed(
      await rpm.post('publications/rpm/rpm/', {
        repository_version: versionHrefOf(zoo.repository.uuid, 1),
      }),
    );
    const published = await rpm.completed(
      await rpm.post('publications/rpm/rpm/', { repository, checkpoint: true }),
    );
    for (const [name, settings] of Object.entries({
      'zoo-live': { repository, pulp_labels: { stage: 'dev' } },
      'zoo-stamped': { repository, checkpoint: true },
      'zoo-old': { publication: published.created_resources[0] },
      nothing: {},
    })) {
      await rpm.completed(
        await rpm.post('distributions/rpm/rpm/', {
          name,
          base_path: name,
          ...settings,
        }),
      );
    }
    for (const id of [zoo.packages[3], zoo.packages[4], ...zoo.others]) {
      const label = { key: 'stage', value: 'dev' };
      const reply = await rpm.post(`${zoo.hrefs.get(id)}set_label/`, label);
      expect([reply.status, reply.body]).toEqual([201, label]);
    }
    const stork = zoo.hrefs.get(zoo.packages[3])!;
    const version = versionHrefOf(zoo.repository.uuid, 2);
    samples = {
      content: stork,
      with_content: stork,
      latest_with_content: stork,
      repository,
      repository_version: version,
      repository_version_added: version,
      repository_version_removed: version,
      'content_rpm_packages_list repository_version': prnOf(
        'repository',
        zoo.repository.uuid,
      ),
      orphaned_for: '0',
      pulp_label_select: 'stage=dev,!other',
      filename: 'stork-2-1.x86_64.rpm',
      sha256: 'ab'.repeat(32),
      signing_key: 'v4:00',
      status: 'final',
      'tasks_list state__ne': 'failed',
      owner: 'group:default/keepers',
      entity: 'component:default/zoo',
      base_path: 'zoo-live',
      pulp_type: 'rpm.rpm',
      'content_list pulp_type': 'rpm.package',
      checkpoint: 'true',
      created_resources: published.created_resources[0],
      reserved_resources: repository,
      exclusive_resources: repository,
      shared_resources: repository,
      worker: published.worker,
      parent_task: published.pulp_href,
      child_tasks: published.pulp_href,
      task_group: published.pulp_href.replace('/tasks/', '/task-groups/'),
    };
  }

  beforeAll(async () => {
    const knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex });
    const zoo = await insertZoo(knex);
    await publishZoo(zoo);
    const { body: document } = await rpm.get('docs/api.json');
    const repository = hrefOf('repository', zoo.repository.uuid);
    lists = Object.entries<any>(document.paths).flatMap(([path, { get }]) =>
      get?.parameters.some((one: Parameter) => one.name === 'q')
        ? {
            id: get.operationId,
            path: path.replace('{rpm_rpm_repository_href}', repository),
            parameters: get.parameters,
          }
        : [],
    );
  });
  afterAll(() => rpm.stop());

  const filtersOf = (list: List) =>
    list.parameters.filter(
      ({ name, in: place }) => place === 'query' && !OF_THE_PAGE.includes(name),
    );

  function sampleOf(list: List, name: string, items: any[]): string {
    const { [`${list.id} ${name}`]: exact } = samples;
    if (exact !== undefined) return exact;
    const [field, suffix] = splitName(name);
    const shown = {
      pulp_href: items[0]?.pulp_href,
      prn: items[0]?.prn,
      pulp_id: items[0]?.prn.split(':')[2],
    };
    const value =
      samples[`${list.id} ${field}`] ??
      samples[field] ??
      shown[field as keyof typeof shown] ??
      items.find(item => (item[field] ?? '') !== '')?.[field];
    if (value === undefined || value === null) {
      throw new Error(`${list.id} needs a sample of ${field}`);
    }
    return argumentFor(suffix, String(value));
  }

  it('take every filter they declare, alone, in an expression and denied', async () => {
    const faults: string[] = [];
    let found = 0;
    for (const list of lists) {
      const all = await listed(list);
      expect([list.id, all.reply.status]).toEqual([list.id, 200]);
      const { results } = all.reply.body;
      if (!results.length) continue;
      for (const { name } of filtersOf(list)) {
        const value = sampleOf(list, name, results);
        const plain = await listed(list, { [name]: value });
        const q = `${name}=${quoted(value)}`;
        const same = await listed(list, { q });
        const rest = await listed(list, { q: `NOT ${q}` });
        if (plain.hrefs?.length) found += 1;
        const seen = [plain, same].map(({ hrefs }) => hrefs?.join());
        const others = all.hrefs!.filter(href => !plain.hrefs?.includes(href));
        if (
          plain.reply.status !== 200 ||
          new Set(seen).size !== 1 ||
          rest.hrefs?.join() !== others.join()
        ) {
          faults.push(
            `${list.id} ${name}=${value}: ${plain.hrefs?.length} ${
              same.hrefs?.length
            } ${rest.hrefs?.length} of ${
              all.hrefs?.length
            } ${same.reply.text.slice(0, 200)}`,
          );
        }
      }
    }
    expect(faults).toEqual([]);
    expect(found).toBeGreaterThan(250);
  });

  it('refuse values that a filter cannot have, naming it', async () => {
    const faults: string[] = [];
    for (const list of lists) {
      for (const { name, schema } of filtersOf(list)) {
        const wrong = wrongValue(name);
        const { reply } = await listed(list, { [name]: wrong });
        const takesText = reply.status === 200 && isFreeText(schema);
        if (!takesText && (reply.status !== 400 || !reply.body[name])) {
          faults.push(
            `${list.id} ${name}=${wrong}: ${reply.text.slice(0, 200)}`,
          );
        }
        const q = `${name}=${quoted(wrong)}`;
        const inside = await listed(list, { q });
        if (!takesText && !inside.reply.body.q?.[0].startsWith(name)) {
          faults.push(`${list.id} ${q}: ${inside.reply.text.slice(0, 200)}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it('refuse expressions that cannot be read, name unknown filters or are too complex', async () => {
    for (const list of lists) {
      for (const [q, message] of [
        ['(', 'Syntax error in expression.'],
        ['nothing=1', "Filter 'nothing' does not exist."],
        ['limit=1', "Filter 'limit' does not exist."],
        [
          Array(9).fill('pulp_id__in="0"').join(' OR '),
          'Filter expression exceeds allowed complexity.',
        ],
      ]) {
        const { reply } = await listed(list, { q });
        expect([list.id, reply.status, reply.body]).toEqual([
          list.id,
          400,
          { q: [message] },
        ]);
      }
      const { reply } = await listed(list, { nothing: '1' });
      expect(reply.body).toEqual({ errors: ["Invalid Filter: 'nothing'"] });
    }
  });

  it('are ordered by the fields that their entities show', async () => {
    const faults: string[] = [];
    for (const list of lists) {
      const { reply, hrefs } = await listed(list);
      const [first] = reply.body.results;
      if (!first) continue;
      for (const field of ['pk', ...Object.keys(first)]) {
        const up = await listed(list, { ordering: field });
        const down = await listed(list, { ordering: `-${field}` });
        if (up.reply.status === 400 && NOT_ORDERED.has(field)) continue;
        const values = (answer: typeof up) =>
          answer.reply.body.results?.map((item: any) => item[field]);
        const complete =
          up.hrefs?.toSorted().join() === hrefs!.toSorted().join();
        if (
          !complete ||
          String(values(up)) !== String(values(down)?.toReversed())
        ) {
          faults.push(
            `${list.id} ${field}: ${values(up)} / ${values(
              down,
            )} ${up.reply.text.slice(0, 200)}`,
          );
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it('show the fields that are asked for, and not those that are declined', async () => {
    for (const list of lists) {
      const { reply } = await listed(list, {
        fields: 'prn,pulp_href,pulp_created',
        exclude_fields: 'prn',
      });
      for (const item of reply.body.results) {
        expect(Object.keys(item).sort()).toEqual(['pulp_created', 'pulp_href']);
      }
    }
  });

  it('show of several types together no fields of one type', async () => {
    const special: Record<string, string> = {
      content_list: 'name',
      repositories_list: 'autopublish',
      remotes_list: 'sles_auth_token',
      publications_list: 'checksum_type',
      distributions_list: 'generate_repo_config',
    };
    const ofTypes = lists.filter(list =>
      filtersOf(list).some(({ name }) => name === 'pulp_type'),
    );
    expect(ofTypes.map(({ id }) => id).sort()).toEqual(
      Object.keys(special).sort(),
    );
    for (const list of ofTypes) {
      const { reply } = await listed(list);
      const [first] = reply.body.results;
      expect(first).toHaveProperty('pulp_created');
      expect(first).not.toHaveProperty(special[list.id]);
      const { body: whole } = await rpm.get(first.pulp_href);
      expect(whole).toMatchObject(first);
    }
  });

  it('are for those who say who they are', async () => {
    for (const list of lists) {
      const none = mockCredentials.none.header();
      expect((await rpm.get(list.path, none)).status).toBe(401);
    }
  });
});
