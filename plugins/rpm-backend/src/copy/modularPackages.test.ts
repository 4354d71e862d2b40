import { createTestDatabases } from '../testing';
import type { UnitsByName } from '../testing/units';
import { CopyTester } from './testing/CopyTester';
import { chainOf } from './testing/chainOf';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const NODESHOP = 'nodeshop-18.2-1.module_el9+2+0a1b2c3d.noarch';
const DEVEL = 'nodeshop-devel-18.2-1.module_el9+2+0a1b2c3d.noarch';
const MODULE = 'nodeshop:18:20260615090000:0a1b2c3d:noarch';
const COMPANIONS = ['defaults nodeshop', 'obsoletes nodeshop:18'];
const SENTENCE = `${NODESHOP} belongs to module ${MODULE}, which is neither chosen nor at the destination.`;

describe.each(databases.eachSupportedId())(
  'packages of modules, copied on %p',
  databaseId => {
    let tester: CopyTester;
    let shop: string;
    let units: UnitsByName;

    beforeAll(async () => {
      tester = await CopyTester.start(await databases.init(databaseId));
      shop = await tester.synced('repo-2');
      units = await tester.units(shop);
    });
    afterAll(() => tester.stop());

    const entry = (destination: string, ...names: string[]) => ({
      source_repo_version: shop,
      dest_repo: destination,
      content: names.map(name => units[name]),
    });
    const without = (policy?: string) => ({
      dependency_solving: false,
      ...(policy && { modular_packages: policy }),
    });

    it('come alone without solving, which is told', async () => {
      const destination = await tester.repository();
      const { result } = await tester.copy(
        [entry(destination, NODESHOP)],
        without(),
      );
      expect(await tester.content(destination)).toEqual([NODESHOP]);
      expect(result.warnings).toEqual([
        {
          sentence: SENTENCE,
          package: { pulp_href: units[NODESHOP], label: NODESHOP },
          module: { pulp_href: units[MODULE], label: MODULE },
          repository: destination,
        },
      ]);
      expect(result.counts).toMatchObject({ warnings: 1, incomplete: 0 });
    });

    it('bring one module for all of them when they are told to', async () => {
      const destination = await tester.repository();
      const task = await tester.copy(
        [entry(destination, NODESHOP, DEVEL)],
        without('with-module'),
      );
      expect(await tester.content(destination)).toEqual(
        [NODESHOP, DEVEL, MODULE, ...COMPANIONS].sort(),
      );
      expect(chainOf(task, MODULE)).toBe(
        `requested ${NODESHOP} → belongs to module ${MODULE}`,
      );
      expect(chainOf(task, 'nodeshop:18')).toBe(
        `requested ${NODESHOP} → belongs to module ${MODULE} → comes with end of stream nodeshop:18`,
      );
      expect(task.result).toMatchObject({ warnings: [], incomplete: [] });
    });

    it('need not bring a module that is there, or comes in any case', async () => {
      const destination = await tester.repository([units[MODULE]]);
      const there = await tester.copy(
        [entry(destination, NODESHOP)],
        without('fail'),
      );
      expect(there.result).toMatchObject({ outcome: 'created', warnings: [] });

      const other = await tester.repository();
      const both = await tester.copy(
        [entry(other, NODESHOP), entry(other, MODULE)],
        without('fail'),
      );
      expect(both.result).toMatchObject({ outcome: 'created', warnings: [] });

      const all = await tester.copy(
        [{ source_repo_version: shop, dest_repo: await tester.repository() }],
        without('fail'),
      );
      expect(all.result).toMatchObject({ outcome: 'created', warnings: [] });
    });

    it.each([true, false])(
      'fail with nothing written where that is asked for, solving: %p',
      async solving => {
        const destination = await tester.repository();
        const { rpm } = tester.sync;
        const task = await rpm.finished(
          await tester.post([entry(destination, NODESHOP)], {
            dependency_solving: solving,
            modular_packages: 'fail',
          }),
        );
        expect(task).toMatchObject({
          state: 'failed',
          error: {
            description: `[RPM0019] The copy lacks the module of a package: ${SENTENCE}`,
          },
        });
        expect(await tester.content(destination)).toEqual([]);
        const { body: plan } = await rpm.get(task.error.plan);
        expect(plan.result.warnings).toHaveLength(1);
        expect(plan.stale).toContain('The copy lacks the module');
      },
    );

    it('cannot leave the module behind while dependencies are solved', async () => {
      const { status, body } = await tester.post(
        [entry(await tester.repository(), NODESHOP)],
        { modular_packages: 'warn' },
      );
      expect(status).toBe(400);
      expect(body.modular_packages).toEqual([
        expect.stringContaining('with-module or fail'),
      ]);
    });

    it('are missed where their module comes without them', async () => {
      const destination = await tester.repository();
      const { result } = await tester.copy([entry(destination, NODESHOP)]);
      const incomplete = [
        {
          unit: { pulp_href: units[MODULE], label: MODULE },
          repository: destination,
          absent: [DEVEL],
          absent_count: 1,
          sentence: `module ${MODULE} comes without 1 of its 2 packages.`,
        },
      ];
      expect(result.incomplete).toEqual(incomplete);

      const held = await tester.repository([units[DEVEL]]);
      const complete = await tester.copy([entry(held, NODESHOP)]);
      expect(complete.result.incomplete).toEqual([]);
    });

    it('are told of in plans, and when these are applied', async () => {
      const destination = await tester.repository();
      const { rpm } = tester.sync;
      const preview = await tester.copy([entry(destination, NODESHOP)], {
        ...without(),
        dry_run: true,
      });
      expect(preview.result.warnings).toHaveLength(1);
      const applied = await rpm.completed(
        await rpm.post(`${preview.result.plan}apply/`, {}),
      );
      expect(applied.result).toMatchObject({
        outcome: 'created',
        warnings: preview.result.warnings,
        incomplete: [],
      });
      const { body: plan } = await rpm.get(preview.result.plan);
      expect(plan.inputs.modular_packages).toBe('warn');
    });
  },
);
