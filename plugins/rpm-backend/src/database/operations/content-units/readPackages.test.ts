import type { RpmPackage } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { unpackSolverPackages } from '../../../content-units/solverPackage';
import { toRpmPackage } from '../../../content-units/storedPackage';
import { hrefOf, prnOf } from '../../../identifiers';
import {
  createTestDatabases,
  insertTestRepository,
  insertTestVersion,
  testPackage,
} from '../../../testing';
import { applyDatabaseMigrations } from '../../migrations';
import { packSolverPackages } from '../solving';
import {
  iteratePackages,
  resolveUnits,
  saveAdvisories,
  savePackages,
  unitHrefs,
} from '.';

jest.setTimeout(60_000);

const databases = createTestDatabases();

async function collect<T>(batches: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

describe.each(databases.eachSupportedId())(
  'reading packages on %p',
  databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await applyDatabaseMigrations(knex);
    });

    const nevras = (packages: RpmPackage[]) =>
      packages.map(pkg => `${pkg.name}-${pkg.version}.${pkg.arch}`);

    it('gives a version its packages, whole, by name, version and arch', async () => {
      const { id: repositoryId } = await insertTestRepository(knex, 'ordered');
      const whole = testPackage({
        name: 'b',
        version: '1.9',
        epoch: '1',
        arch: 'x86_64',
        sizePackage: 5_000_000_000,
        provides: [{ name: 'b', flags: 'EQ', epoch: '1', version: '1.9' }],
        requires: [{ name: '(a if c)', pre: true }],
        supplements: [{ name: 'd' }],
        files: [{ type: 'dir', path: '/usr/share/b' }],
        changelogs: [{ author: 'B', time: 5, text: '- b' }],
        description: 'The B\n',
        group: 'Letters',
        vendor: 'Somebody',
      });
      const versions = ['1.10', '1.9', '1.9~rc1'].flatMap(version =>
        ['noarch', 'aarch64'].map(arch =>
          testPackage({ name: 'b', version, arch }),
        ),
      );
      const ids = await savePackages(knex, [
        ...versions,
        whole,
        testPackage({ name: 'a' }),
        testPackage({ name: 'elsewhere' }),
        testPackage({ name: 'gone' }),
      ]);
      const gone = ids[ids.length - 1];
      const here = ids.filter((_id, index) => index !== ids.length - 2);
      await insertTestVersion(knex, repositoryId, { add: here });
      const { number } = await insertTestVersion(knex, repositoryId, {
        remove: [gone],
      });

      const stored = await collect(
        iteratePackages(knex, { repositoryId, number }),
      );
      const packages = stored.map(toRpmPackage);
      expect(nevras(packages)).toEqual([
        'a-1.0.noarch',
        'b-1.9~rc1.aarch64',
        'b-1.9~rc1.noarch',
        'b-1.9.aarch64',
        'b-1.9.noarch',
        'b-1.10.aarch64',
        'b-1.10.noarch',
        'b-1.9.x86_64',
      ]);
      expect(packages[7]).toEqual(whole);

      const before = await collect(
        iteratePackages(knex, { repositoryId, number: number - 1 }),
      );
      expect(before.map(({ name }) => name)).toContain('gone');
      expect(
        await collect(iteratePackages(knex, { repositoryId, number: 0 })),
      ).toEqual([]);

      const solver = [
        ...unpackSolverPackages(
          await packSolverPackages(knex, [ids[5], ids[6], 999_999]),
        ),
      ];
      expect(solver).toHaveLength(2);
      expect(solver.find(({ arch }) => arch === 'x86_64')).toEqual({
        unit: ids[6],
        name: 'b',
        epoch: '1',
        version: '1.9',
        release: '1',
        arch: 'x86_64',
        provides: whole.provides,
        requires: whole.requires,
        conflicts: [],
        obsoletes: [],
        recommends: whole.recommends,
        supplements: whole.supplements,
        files: ['/usr/share/b'],
      });
      expect([
        ...unpackSolverPackages(await packSolverPackages(knex, [])),
      ]).toEqual([]);
    });

    it('walks more packages than fit one batch, each once', async () => {
      const { id: repositoryId } = await insertTestRepository(knex, 'large');
      const ids = await savePackages(
        knex,
        Array.from({ length: 1_300 }, (_, index) =>
          testPackage({ name: `p${(index * 7) % 1_300}` }),
        ),
      );
      const { number } = await insertTestVersion(knex, repositoryId, {
        add: ids,
      });
      const content = { repositoryId, number };
      const names = (await collect(iteratePackages(knex, content))).map(
        ({ name }) => name,
      );
      expect(names).toEqual([...new Set(names)].sort());
      expect(names).toHaveLength(1_300);
    });

    it('finds units by href and PRN and names those it does not find', async () => {
      const [packageId] = await savePackages(knex, [
        testPackage({ name: 'known' }),
      ]);
      const [advisoryId] = await saveAdvisories(knex, [
        { id: 'EX-1', rebootSuggested: false, pkglist: [], references: [] },
      ]);
      const hrefs = await unitHrefs(knex, [packageId, advisoryId, 999_999]);
      expect([...hrefs.keys()].sort()).toEqual([packageId, advisoryId].sort());
      const uuidOf = async (id: number) =>
        (await knex('unit').where({ id }).first()).uuid;
      const packageUuid = await uuidOf(packageId);
      expect(hrefs.get(packageId)).toBe(hrefOf('rpm.package', packageUuid));

      const prn = prnOf('rpm.advisory', await uuidOf(advisoryId));
      const wrongType = hrefOf('rpm.advisory', packageUuid);
      const missing = hrefOf(
        'rpm.package',
        '01900000-0000-7000-8000-000000000000',
      );
      const repository = hrefOf('repository', packageUuid);
      const found = await resolveUnits(knex, [
        prn,
        wrongType,
        hrefs.get(packageId)!,
        prnOf('rpm.package', packageUuid),
        missing,
        'nonsense',
        repository,
      ]);
      expect(found.ids).toEqual([advisoryId, packageId]);
      expect(found.unknown).toEqual([
        wrongType,
        missing,
        'nonsense',
        repository,
      ]);
    });
  },
);
