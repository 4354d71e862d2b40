import { createTestDatabases } from '../testing';
import { CopyTester } from './testing/CopyTester';
import { chainOf } from './testing/chainOf';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const SHARK = 'shark-0.1-1.noarch';
const STORK = 'stork-0.12-2.noarch';
const WALRUS_OLD = 'walrus-0.71-1.noarch';
const WALRUS_NEW = 'walrus-5.21-1.noarch';
const BEAR = 'bear-4.1-1.noarch';
const LION = 'lion-0.4-1.noarch';
const WOLF = 'wolf-9.4-2.noarch';
/** Lists shark, walrus 5.21 and whale. */
const SEA_ADVISORY = 'ZOO-2026:0002';
const WHALE = 'whale-0.2-1.noarch';
const SEA = [SEA_ADVISORY, SHARK, WALRUS_NEW, WHALE];

const WITHOUT_SOLVING = { dependency_solving: false };

describe.each(databases.eachSupportedId())('copy recipes on %p', databaseId => {
  let tester: CopyTester;

  beforeAll(async () => {
    tester = await CopyTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  it('copy all of a version, and leave what was there untouched', async () => {
    const other = await tester.savePackages({ dodo: {} });
    const destination = await tester.repository(Object.values(other));
    const task = await tester.copy([
      { source_repo_version: tester.zoo, dest_repo: destination },
    ]);
    expect(await tester.content(destination)).toEqual(
      [...Object.keys(tester.animals), 'dodo-1.0-1.noarch'].sort(),
    );
    expect(task.name).toBe('pulp_rpm.app.tasks.copy.copy_content');
    expect(task.created_resources).toEqual([`${destination}versions/2/`]);
    expect(task.result.counts).toEqual({
      requested: Object.keys(tester.animals).length,
      children: 0,
      dependencies: 0,
      missing: 0,
      allowed: 0,
      ignored: 0,
      absent: 0,
      warnings: 0,
      incomplete: 0,
      conflicts: 0,
    });
  });

  it('copy all of a version, as far as old packages are retained', async () => {
    const destination = await tester.sync.createRepository({
      retain_package_versions: 1,
    });
    await tester.copy([
      { source_repo_version: tester.zoo, dest_repo: destination },
    ]);
    const content = await tester.content(destination);
    expect(content).toContain(WALRUS_NEW);
    expect(content).not.toContain(WALRUS_OLD);
    expect(content).toHaveLength(Object.keys(tester.animals).length - 4);
  });

  it('copy listed units', async () => {
    const destination = await tester.repository();
    const task = await tester.copy(
      [tester.fromZoo(destination, LION, SEA_ADVISORY)],
      WITHOUT_SOLVING,
    );
    expect(await tester.content(destination)).toEqual([...SEA, LION].sort());
    expect(task.result.counts).toMatchObject({
      requested: 2,
      children: 3,
      dependencies: 0,
    });
    expect(task.progress_reports.map(({ code }: any) => code)).toEqual([
      'copy.selecting',
      'copy.planning',
    ]);
  });

  it('copy listed units onto an earlier version', async () => {
    const destination = await tester.repository(tester.hrefs(BEAR));
    await tester.add(destination, tester.hrefs(STORK));
    const entry = tester.fromZoo(destination, LION, SEA_ADVISORY);
    await tester.copy([{ ...entry, dest_base_version: 1 }], WITHOUT_SOLVING);
    expect(await tester.content(destination)).toEqual(
      [...SEA, BEAR, LION].sort(),
    );
    const version = await tester.sync.rpm.get(`${destination}versions/3/`);
    expect(version.body.base_version).toBe(`${destination}versions/1/`);
  });

  it('copy listed units instead of the content there is', async () => {
    const destination = await tester.repository(tester.hrefs(BEAR, SHARK));
    const entry = tester.fromZoo(destination, LION);
    await tester.copy([{ ...entry, dest_base_version: 0 }]);
    expect(await tester.content(destination)).toEqual([LION, WOLF]);
  });

  it('copy listed units with all that they need', async () => {
    const destination = await tester.repository();
    const config = [tester.fromZoo(destination, LION, SEA_ADVISORY)];
    const expected = [...SEA, LION, STORK, WOLF].sort();
    await tester.copy(config, { dependency_solving: true });
    expect(await tester.content(destination)).toEqual(expected);
  });

  it('copy between several repositories', async () => {
    const packages = await tester.savePackages({
      app: { requires: [{ name: 'glibc' }, { name: 'lib' }] },
      lib: { requires: [{ name: 'glibc' }] },
      glibc: { requires: [{ name: 'tzdata' }] },
      tzdata: {},
      unneeded: {},
    });
    const { app, lib, glibc, tzdata, unneeded } = packages;
    const appStream = await tester.repository([app, lib]);
    const baseOs = await tester.repository([glibc, tzdata, unneeded]);
    const destination1 = await tester.repository();
    const destination2 = await tester.repository();
    const task = await tester.copy([
      {
        source_repo_version: `${appStream}versions/1/`,
        dest_repo: destination1,
        content: [app],
      },
      {
        source_repo_version: `${baseOs}versions/1/`,
        dest_repo: destination2,
        content: [],
      },
    ]);
    expect(await tester.content(destination1)).toEqual([
      'app-1.0-1.noarch',
      'lib-1.0-1.noarch',
    ]);
    expect(await tester.content(destination2)).toEqual([
      'glibc-1.0-1.noarch',
      'tzdata-1.0-1.noarch',
    ]);
    expect(task.created_resources).toEqual([
      `${destination1}versions/1/`,
      `${destination2}versions/1/`,
    ]);
    expect(task.result.missing).toEqual([]);
    expect(chainOf(task, 'tzdata-1.0-1.noarch')).toBe(
      'requested app-1.0-1.noarch → requires glibc → glibc-1.0-1.noarch → requires tzdata → tzdata-1.0-1.noarch',
    );
  });
});
