import { createTestDatabases } from '../testing';
import { CopyTester } from './testing/CopyTester';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const WHALE = 'whale-0.2-1.noarch';
const SHARK = 'shark-0.1-1.noarch';
const STORK = 'stork-0.12-2.noarch';
const BEAR = 'bear-4.1-1.noarch';
const LION = 'lion-0.4-1.noarch';
const WOLF = 'wolf-9.4-2.noarch';

const WITHOUT_SOLVING = { dependency_solving: false };

describe.each(databases.eachSupportedId())('copy targets on %p', databaseId => {
  let tester: CopyTester;

  beforeAll(async () => {
    tester = await CopyTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  it('can be several of one source, each planned for itself', async () => {
    const empty = await tester.repository();
    const partial = await tester.repository(tester.hrefs(STORK, BEAR));
    const task = await tester.copy([
      tester.fromZoo(empty, WHALE),
      tester.fromZoo(partial, WHALE, LION),
    ]);
    expect(await tester.content(empty)).toEqual([SHARK, STORK, WHALE]);
    expect(await tester.content(partial)).toEqual([
      BEAR,
      LION,
      SHARK,
      STORK,
      WHALE,
      WOLF,
    ]);
    expect(task.created_resources).toHaveLength(2);
  });

  it('get one version from all entries that name them', async () => {
    const destination = await tester.repository();
    const task = await tester.copy([
      tester.fromZoo(destination, WHALE),
      tester.fromZoo(destination, LION),
    ]);
    expect(await tester.content(destination)).toEqual([
      LION,
      SHARK,
      STORK,
      WHALE,
      WOLF,
    ]);
    expect(task.created_resources).toEqual([`${destination}versions/1/`]);
  });

  it('get the unit of the later entry where two exclude each other', async () => {
    const [first, second] = await Promise.all(
      ['aa', 'bb'].map(digits =>
        tester.savePackages({ twin: { pkgId: digits.repeat(32) } }),
      ),
    );
    const sources = await Promise.all(
      [first, second].map(({ twin }) => tester.repository([twin])),
    );
    const destination = await tester.repository();
    const task = await tester.copy(
      sources.map(source => ({
        source_repo_version: `${source}versions/1/`,
        dest_repo: destination,
      })),
    );
    expect(task.result.conflicts).toEqual([
      { kept: second.twin, left_out: first.twin, label: 'twin-1.0-1.noarch' },
    ]);
    const units = await tester.units(`${destination}versions/1/`);
    expect(Object.values(units)).toEqual([second.twin]);
  });

  it('all stay as they are when one cannot be changed', async () => {
    const [one, two] = await tester.saveContradiction();
    const source = await tester.repository([two]);
    const fine = await tester.repository();
    const impossible = await tester.repository([one]);
    const task = await tester.sync.rpm.finished(
      await tester.post([
        tester.fromZoo(fine, WHALE),
        {
          source_repo_version: `${source}versions/1/`,
          dest_repo: impossible,
        },
      ]),
    );
    expect(task).toMatchObject({ state: 'failed', created_resources: [] });
    expect(task.error.description).toMatch(/^\[RPM0001\]/);
    expect(await tester.sync.latest(fine)).toBe(0);
    expect(await tester.sync.latest(impossible)).toBe(1);
  });

  it('get no version when they have everything', async () => {
    const destination = await tester.repository();
    await tester.copy([tester.fromZoo(destination, WHALE)]);
    const task = await tester.copy([tester.fromZoo(destination, WHALE)]);
    expect(task.created_resources).toEqual([]);
    expect(task.result).toMatchObject({
      outcome: 'unchanged',
      destinations: [
        { outcome: 'unchanged', version: `${destination}versions/1/` },
      ],
      units: [],
    });
    expect(await tester.sync.latest(destination)).toBe(1);
  });

  it('are published when they are meant to be', async () => {
    const destination = await tester.sync.createRepository({
      autopublish: true,
    });
    const task = await tester.copy([tester.fromZoo(destination, WHALE)]);
    expect(task.created_resources).toEqual([
      `${destination}versions/1/`,
      expect.stringContaining('/publications/rpm/rpm/'),
    ]);
  });

  it('remember who copied what, and why', async () => {
    const destination = await tester.repository();
    const options = { reason: 'The zoo needs a whale' };
    await tester.copy([tester.fromZoo(destination, WHALE)], options);
    const version = await tester.sync.rpm.get(`${destination}versions/1/`);
    expect(version.body).toMatchObject({
      created_by: 'user:default/mock',
      reason: 'The zoo needs a whale',
      inputs: {
        operation: 'copy',
        config: [
          {
            source_repo_version: tester.zoo,
            dest_repo: destination,
            content: [tester.animals[WHALE]],
            content_count: 1,
          },
        ],
        dependency_solving: true,
        dependency_upgrade: false,
      },
    });
  });

  it('copies within a repository from one of its earlier versions', async () => {
    const repository = await tester.repository(tester.hrefs(WHALE));
    await tester.sync.rpm.completed(
      await tester.sync.rpm.post(`${repository}modify/`, {
        add_content_units: tester.hrefs(BEAR),
        remove_content_units: tester.hrefs(WHALE),
      }),
    );
    await tester.copy(
      [
        {
          source_repo_version: `${repository}versions/1/`,
          dest_repo: repository,
        },
      ],
      WITHOUT_SOLVING,
    );
    expect(await tester.content(repository)).toEqual([BEAR, WHALE]);
  });

  it('lets the source be used by others meanwhile', async () => {
    const destination = await tester.repository();
    const task = await tester.copy([tester.fromZoo(destination, WHALE)]);
    expect([...task.reserved_resources_record].sort()).toEqual([
      expect.stringMatching(/^prn:/),
      expect.stringMatching(/^shared:prn:/),
    ]);
  });
});
