import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { postFile } from '../testing/documents';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('references on %p', databaseId => {
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;

  beforeAll(async () => {
    const knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex });
    driver = new RepositoryDriver({ rpm, knex });
    driver.know(await saveTestPackages(knex, { a: {}, b: {}, c: {} }));
  });
  afterAll(() => rpm.stop());

  const prnOf = async (href: string) => (await rpm.get(href)).body.prn;

  it('may be PRNs wherever they may be hrefs', async () => {
    const { body: remote } = await rpm.post('remotes/rpm/rpm/', {
      name: 'spring',
      url: 'https://packages.example/',
    });
    const repository = await driver.example({ remote: remote.prn });
    const read = (await rpm.get(repository)).body;
    expect(read.remote).toBe(remote.pulp_href);
    const first = `${repository}versions/1/`;
    const units = await Promise.all(
      ['a', 'b', 'c'].map(name => prnOf(driver.units[name])),
    );

    await rpm.completed(
      await rpm.post(`${repository}modify/`, {
        base_version: await prnOf(first),
        add_content_units: [units[2]],
        remove_content_units: [units[0]],
      }),
    );
    expect(await driver.content(repository, 3)).toBe('b c');

    const published: string[] = [];
    for (const body of [
      { repository: read.prn },
      { repository_version: await prnOf(first) },
    ]) {
      const task = await rpm.completed(
        await rpm.post('publications/rpm/rpm/', body),
      );
      published.push(task.created_resources[0]);
    }
    expect((await rpm.get(published[1])).body.repository_version).toBe(first);

    const other = await driver.create();
    await rpm.completed(
      await rpm.post('rpm/copy/', {
        config: [
          {
            source_repo_version: await prnOf(first),
            dest_repo: await prnOf(other),
            content: [units[0]],
          },
        ],
        dependency_solving: false,
      }),
    );
    expect(await driver.content(other, 1)).toBe('a');

    for (const [name, target] of [
      ['repository', repository],
      ['repository_version', first],
      ['publication', published[0]],
    ]) {
      const task = await rpm.completed(
        await rpm.post('distributions/rpm/rpm/', {
          name,
          base_path: name,
          [name]: await prnOf(target),
        }),
      );
      const { body } = await rpm.get(task.created_resources[0]);
      expect(body[name]).toBe(target);
    }

    const { body: artifact } = await rpm
      .form('artifacts/')
      .attach('file', Buffer.from('no package'), 'x');
    const refused = await rpm.finished(
      await rpm.post('content/rpm/packages/', {
        artifact: artifact.prn,
        repository: read.prn,
      }),
    );
    expect(refused.error.description).toContain('RPM file cannot be parsed');
    expect(refused.reserved_resources_record).toEqual([read.prn]);
    const { body: upload } = await rpm.post('uploads/', { size: 9 });
    const pieces = await rpm.post('content/rpm/packages/', {
      upload: upload.prn,
    });
    expect([pieces.status, pieces.body]).toEqual([
      400,
      { upload: [expect.stringMatching(/^Bytes 0 to 8 of upload .* missing/)] },
    ]);
    const comps = await postFile(rpm, 'rpm/comps/', '<comps/>', {
      repository: read.prn,
    });
    expect((await rpm.completed(comps)).result.version).toBe(
      `${repository}versions/3/`,
    );
    const pruned = await rpm.post('rpm/prune/', { repo_hrefs: [read.prn] });
    expect(pruned.status).toBe(202);
    const orphans = await rpm.completed(
      await rpm.post('orphans/cleanup/', { content_hrefs: [units[0]] }),
    );
    expect(orphans.result.content).toBe(0);
    const { body: diff } = await rpm.get(
      `${repository}versions/2/diff/?from=${await prnOf(first)}`,
    );
    expect(diff.from_version).toBe(first);

    const lists: [list: string, filter: string, count: number][] = [
      ['repositories/rpm/rpm/', `remote=${remote.prn}`, 1],
      ['repositories/', `remote__in=${remote.prn},null`, 2],
      ['repositories/rpm/rpm/', `with_content=${units[0]}`, 2],
      ['repositories/rpm/rpm/', `latest_with_content=${units[0]}`, 1],
      [`${repository}versions/`, `content=${units[1]}`, 2],
      ['publications/rpm/rpm/', `repository=${read.prn}`, 2],
      ['publications/rpm/rpm/', `repository_version=${await prnOf(first)}`, 1],
      ['publications/rpm/rpm/', `content__in=${units[2]},${units[1]}`, 2],
      ['distributions/rpm/rpm/', `repository=${read.prn}`, 1],
      ['distributions/rpm/rpm/', `with_content=${units[0]}`, 1],
      ['distributions/rpm/rpm/', `with_content=${units[2]}`, 2],
      ['content/rpm/packages/', `repository_version=${read.prn}`, 2],
      ['content/', `prn__in=${units.join()}`, 3],
    ];
    for (const [list, filter, count] of lists) {
      const { body } = await rpm.get(`${list}?${filter}`);
      expect([list, filter, body.count]).toEqual([list, filter, count]);
    }
  });

  it('that are none are refused by the fields that have them', async () => {
    const repository = await driver.create();
    const unknown = '/api/rpm/pulp/api/v3/remotes/rpm/rpm/x/';
    for (const wrong of ['x', unknown, `${repository}versions/99/`]) {
      for (const [path, body] of [
        ['repositories/rpm/rpm/', { name: 'x', remote: wrong }],
        [`${repository}modify/`, { base_version: wrong }],
        ['publications/rpm/rpm/', { repository: wrong }],
        ['publications/rpm/rpm/', { repository_version: wrong }],
        [
          'distributions/rpm/rpm/',
          { name: 'x', base_path: 'x', repository: wrong },
        ],
        [
          'distributions/rpm/rpm/',
          { name: 'x', base_path: 'x', publication: wrong },
        ],
        [`${repository}sync/`, { remote: wrong }],
      ] as const) {
        const reply = await rpm.post(path, body);
        const [field] = Object.keys(body).slice(-1);
        expect([path, reply.status, Object.keys(reply.body)]).toEqual([
          path,
          400,
          [field],
        ]);
      }
      const units = await rpm.post(`${repository}modify/`, {
        add_content_units: [wrong],
      });
      expect([units.status, units.body]).toEqual([
        400,
        [`Could not find the following content units: ['${wrong}']`],
      ]);
    }
  });
});
