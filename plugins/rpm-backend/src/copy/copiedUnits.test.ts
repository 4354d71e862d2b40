import { createTestDatabases } from '../testing';
import type { UnitsByName } from '../testing/units';
import { CopyTester } from './testing/CopyTester';
import { chainOf } from './testing/chainOf';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const WHALE = 'whale-0.2-1.noarch';
const SHARK = 'shark-0.1-1.noarch';
const STORK = 'stork-0.12-2.noarch';
const WALRUS_OLD = 'walrus-0.71-1.noarch';
const WALRUS_NEW = 'walrus-5.21-1.noarch';
const BEAR = 'bear-4.1-1.noarch';
/** Lists shark, walrus 5.21 and whale. */
const SEA_ADVISORY = 'ZOO-2026:0002';
const SEA = [SEA_ADVISORY, SHARK, WALRUS_NEW, WHALE];

const WITHOUT_SOLVING = { dependency_solving: false };

describe.each(databases.eachSupportedId())('copied units on %p', databaseId => {
  let tester: CopyTester;

  beforeAll(async () => {
    tester = await CopyTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  describe('dependencies', () => {
    it('come along, each with the reason', async () => {
      const destination = await tester.repository();
      const task = await tester.copy([tester.fromZoo(destination, WHALE)]);
      expect(await tester.content(destination)).toEqual([SHARK, STORK, WHALE]);
      expect(task.result).toMatchObject({
        outcome: 'created',
        destinations: [
          {
            repository: destination,
            outcome: 'created',
            version: `${destination}versions/1/`,
            number: 1,
            counts: { added: { 'rpm.package': 3 } },
          },
        ],
        counts: { requested: 1, children: 0, dependencies: 2 },
        missing: [],
        ignored: [],
      });
      expect(task.result.units).toEqual([
        {
          pulp_href: tester.animals[SHARK],
          label: SHARK,
          repository: destination,
          cause: 'dependency',
          chain: `requested ${WHALE} → requires shark → ${SHARK}`,
        },
        {
          pulp_href: tester.animals[STORK],
          label: STORK,
          repository: destination,
          cause: 'dependency',
          chain: `requested ${WHALE} → requires stork → ${STORK}`,
        },
        {
          pulp_href: tester.animals[WHALE],
          label: WHALE,
          repository: destination,
          cause: 'requested',
          chain: `requested ${WHALE}`,
        },
      ]);
      expect(task.progress_reports).toMatchObject([
        { code: 'copy.selecting', state: 'completed', total: 1, done: 1 },
        { code: 'copy.loading', state: 'completed', total: 35, done: 35 },
        { code: 'copy.solving', state: 'completed', total: 1, done: 1 },
        { code: 'copy.planning', state: 'completed', total: 1, done: 1 },
      ]);
    });

    it('are those of each version of a package', async () => {
      const destination = await tester.repository();
      await tester.copy([tester.fromZoo(destination, WALRUS_OLD, WALRUS_NEW)]);
      expect(await tester.content(destination)).toEqual([
        SHARK,
        STORK,
        WALRUS_OLD,
        WALRUS_NEW,
        WHALE,
      ]);
    });

    it('stay away when the destination has them', async () => {
      const destination = await tester.repository(tester.hrefs(STORK));
      const task = await tester.copy([tester.fromZoo(destination, WHALE)]);
      expect(task.result.counts).toMatchObject({ dependencies: 1 });
      expect(task.result.destinations[0].counts.added).toEqual({
        'rpm.package': 2,
      });
    });

    it('come in their newest version when asked to', async () => {
      const packages = await tester.savePackages({
        user: { requires: [{ name: 'used' }] },
        used1: { name: 'used', version: '1' },
        used2: { name: 'used', version: '2' },
      });
      const source = await tester.repository(Object.values(packages));
      const contentAfter = async (upgrade: boolean) => {
        const destination = await tester.repository([packages.used1]);
        await tester.copy(
          [
            {
              source_repo_version: `${source}versions/1/`,
              dest_repo: destination,
              content: [packages.user],
            },
          ],
          { dependency_upgrade: upgrade },
        );
        return tester.content(destination);
      };
      expect(await contentAfter(false)).toEqual([
        'used-1-1.noarch',
        'user-1.0-1.noarch',
      ]);
      expect(await contentAfter(true)).toEqual([
        'used-1-1.noarch',
        'used-2-1.noarch',
        'user-1.0-1.noarch',
      ]);
    });

    it('that nothing provides are reported, and the rest is copied', async () => {
      const { app, lib } = await tester.savePackages({
        app: {
          version: '7',
          requires: [{ name: 'lib' }, { name: 'libgone.so.1()(64bit)' }],
        },
        lib: { version: '7' },
      });
      const source = await tester.repository([app, lib]);
      const destination = await tester.repository();
      const task = await tester.copy([
        {
          source_repo_version: `${source}versions/1/`,
          dest_repo: destination,
          content: [app],
        },
      ]);
      expect(await tester.content(destination)).toEqual([
        'app-7-1.noarch',
        'lib-7-1.noarch',
      ]);
      expect(task.result.counts.missing).toBe(1);
      expect(task.result.missing).toEqual([
        {
          requirement: 'libgone.so.1()(64bit)',
          required_by: 'app-7-1.noarch',
          held: false,
          allowed: false,
          sentence:
            'app-7-1.noarch requires libgone.so.1()(64bit), which no source and no destination provides.',
          chain: 'requested app-7-1.noarch',
        },
      ]);
    });
  });

  describe('children', () => {
    it('of an advisory are its packages', async () => {
      const destination = await tester.repository();
      const task = await tester.copy([
        tester.fromZoo(destination, SEA_ADVISORY),
      ]);
      expect(await tester.content(destination)).toEqual([...SEA, STORK].sort());
      expect(task.result.counts).toMatchObject({
        requested: 1,
        children: 3,
        dependencies: 1,
      });
      expect(chainOf(task, STORK)).toBe(
        `requested advisory ${SEA_ADVISORY} → lists ${WHALE} → requires stork → ${STORK}`,
      );
    });

    it('of an advisory that source and destination lack are told', async () => {
      const held = await tester.repository(tester.hrefs(SHARK));
      const { body } = await tester.sync.rpm.get(held);
      const part = await tester.repository(
        tester.hrefs(SEA_ADVISORY, WALRUS_NEW),
      );
      const entry = {
        source_repo_version: `${part}versions/1/`,
        content: tester.hrefs(SEA_ADVISORY),
      };
      const task = await tester.copy([
        { ...entry, dest_repo: body.pulp_href },
        tester.fromZoo(await tester.repository(), WHALE),
      ]);
      expect(task.result.counts.absent).toBe(1);
      expect(task.result.absent).toEqual([
        {
          label: WHALE,
          listed_by: `advisory ${SEA_ADVISORY}`,
          repository: held,
          sentence: `advisory ${SEA_ADVISORY} lists ${WHALE}, which neither the source nor the destination has.`,
        },
      ]);
      const both = await tester.copy([
        { ...entry, dest_repo: held },
        tester.fromZoo(held, WHALE),
      ]);
      expect(both.result.absent).toEqual([]);
    });

    it('of a category are its groups and the newest of their packages', async () => {
      const destination = await tester.repository();
      const task = await tester.copy(
        [tester.fromZoo(destination, 'category all')],
        WITHOUT_SOLVING,
      );
      const content = await tester.content(destination);
      expect(content).toHaveLength(26 + 3);
      expect(content).toEqual(
        expect.arrayContaining([
          'category all',
          'duck-0.8-1.noarch',
          'group birds',
          'group mammals',
          'kangaroo-0.3-1.noarch',
          WALRUS_NEW,
        ]),
      );
      expect(chainOf(task, BEAR)).toBe(
        `requested category all → has group mammals → has ${BEAR}`,
      );
    });

    it('have dependencies too', async () => {
      const destination = await tester.repository();
      await tester.copy([tester.fromZoo(destination, 'category all')]);
      const content = await tester.content(destination);
      expect(content).toHaveLength(30 + 3);
      expect(content).toEqual(
        expect.arrayContaining([
          SHARK,
          'crow-0.8-1.noarch',
          'pike-2.2-1.noarch',
          'trout-0.12-1.noarch',
        ]),
      );
    });

    it('of a group do not replace a package that is asked for', async () => {
      const destination = await tester.repository();
      await tester.copy(
        [tester.fromZoo(destination, 'group birds', 'duck-0.7-1.noarch')],
        WITHOUT_SOLVING,
      );
      expect(await tester.content(destination)).toEqual([
        'cockateel-3.1-1.noarch',
        'duck-0.7-1.noarch',
        'group birds',
        'penguin-0.9.1-1.noarch',
        STORK,
      ]);
    });
  });

  describe('modules', () => {
    const NODESHOP_18 = 'nodeshop:18:20260615090000:0a1b2c3d:noarch';
    const NODESHOP_20 = 'nodeshop:20:20260615090500:4e5f6a7b:noarch';
    const SHOPDB = 'shopdb:16:20260615090000:4e5f6a7b:noarch';
    let shop: string;
    let units: UnitsByName;

    beforeAll(async () => {
      shop = await tester.synced('repo-2');
      units = await tester.units(shop);
    });

    const copyFromShop = async (name: string, options = {}) => {
      const destination = await tester.repository();
      const task = await tester.copy(
        [
          {
            source_repo_version: shop,
            dest_repo: destination,
            content: [units[name]],
          },
        ],
        options,
      );
      return { task, content: await tester.content(destination) };
    };
    const STREAM_18 = [
      'defaults nodeshop',
      'nodeshop-18.2-1.module_el9+2+0a1b2c3d.noarch',
      'nodeshop-devel-18.2-1.module_el9+2+0a1b2c3d.noarch',
      NODESHOP_18,
      'obsoletes nodeshop:18',
    ];
    const STREAM_20 = [
      'defaults nodeshop',
      'nodeshop-20.0-1.module_el9+3+4e5f6a7b.noarch',
      'nodeshop-devel-20.0-1.module_el9+3+4e5f6a7b.noarch',
      NODESHOP_20,
    ];

    it('bring their artifacts, defaults and obsoletes', async () => {
      const { content, task } = await copyFromShop(
        NODESHOP_18,
        WITHOUT_SOLVING,
      );
      expect(content).toEqual(STREAM_18);
      expect(chainOf(task, 'nodeshop:18')).toBe(
        `requested module ${NODESHOP_18} → comes with end of stream nodeshop:18`,
      );
    });

    it('bring the modules that they require, with their artifacts', async () => {
      const { content, task } = await copyFromShop(NODESHOP_20);
      const database = 'shopdb-16.0-1.module_el9+3+4e5f6a7b.noarch';
      expect(content).toEqual([...STREAM_20, database, SHOPDB]);
      expect(chainOf(task, SHOPDB)).toBe(
        `requested module ${NODESHOP_20} → requires the module shopdb:16 → module ${SHOPDB}`,
      );
    });

    it('come along with their packages, and so do their defaults', async () => {
      const { content, task } = await copyFromShop(
        'nodeshop-18.2-1.module_el9+2+0a1b2c3d.noarch',
      );
      expect(content).toEqual(
        STREAM_18.filter(name => !name.startsWith('nodeshop-devel')),
      );
      expect(chainOf(task, 'nodeshop')).toBe(
        `requested nodeshop-18.2-1.module_el9+2+0a1b2c3d.noarch → belongs to module ${NODESHOP_18} → comes with defaults of module nodeshop`,
      );
    });

    it('come along with the advisory that names them', async () => {
      const { content } = await copyFromShop(
        'DEMO-EA-2026:0001',
        WITHOUT_SOLVING,
      );
      expect(content).toEqual(['DEMO-EA-2026:0001', ...STREAM_18]);
    });

    it('stay away when an environment is copied', async () => {
      const { content } = await copyFromShop(
        'environment webshop-environment',
        WITHOUT_SOLVING,
      );
      expect(content).toEqual([
        'environment webshop-environment',
        'group webshop-payments',
        'group webshop-server',
        'webshop-2.0-1.noarch',
        // Newer than 2026.3 by its epoch.
        'webshop-backup-1.0-1.noarch',
        'webshop-lang-de-1.0-1.noarch',
        'webshop-pay-card-1.0-1.noarch',
        'webshop-pay-invoice-1.0-1.noarch',
        'webshop-pay-sandbox-1.0-1.noarch',
        'webshop-search-1.1-1.noarch',
        'webshop-theme-2.0-1.noarch',
        'webshop-tools-1.0-1.noarch',
      ]);
    });
  });

  it('ignores units that the source does not hold, and says so', async () => {
    const { stranger } = await tester.savePackages({ stranger: {} });
    const destination = await tester.repository();
    const task = await tester.copy([
      {
        source_repo_version: tester.zoo,
        dest_repo: destination,
        content: [stranger, tester.animals[WHALE]],
      },
    ]);
    expect(await tester.content(destination)).toEqual([SHARK, STORK, WHALE]);
    expect(task.result.ignored).toEqual([stranger]);
  });
});
