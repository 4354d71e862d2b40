import { openPool, PoolBuilder } from '@rpmportal/rpm-solver';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { unpackSolverPackages } from '../content-units/solverPackage';
import { applyDatabaseMigrations } from '../database/migrations';
import {
  saveModulemdDocuments,
  savePackages,
} from '../database/operations/content-units';
import {
  packSolverPackages,
  readSolverModules,
} from '../database/operations/solving';
import {
  mapFromScratch,
  readMap,
} from '../modulemd-map/testing/mapFromScratch';
import { createTestDatabases, testPackage } from '../testing';
import { testModule } from '../testing/units';
import { toSolverModule } from './solverModule';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const SEED = 20261121;

/** Parts of NEVRAs that are easily mistaken for each other. */
const nevra = fc.record({
  name: fc.constantFrom('a', 'A', 'a-b', 'a-1', 'ä', 'a+%_'),
  epoch: fc.constantFrom('0', '1', '10'),
  version: fc.constantFrom('1', '1.0', '1.00', '1~rc', '1^git'),
  release: fc.constantFrom('1', '01', '1.el9', '1.module+el8+b'),
  arch: fc.constantFrom('noarch', 'x86_64', 'src'),
});

describe.each(databases.eachSupportedId())(
  'the artifacts of modules on %p',
  databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await applyDatabaseMigrations(knex);
    });

    it('are the same to the solver as in the map', async () => {
      const [stored, ...named] = fc.sample(
        fc.array(nevra, { minLength: 60, maxLength: 60 }),
        { numRuns: 9, seed: SEED },
      );
      const packageIds = await savePackages(
        knex,
        stored.flatMap((each, index) => [
          testPackage(each),
          // Another build of some.
          ...(index % 3
            ? []
            : [testPackage({ ...each, pkgId: `${index}`.padStart(64, 'f') })]),
        ]),
      );
      const moduleIds = await saveModulemdDocuments(
        knex,
        named.map((others, index) =>
          testModule(`m${index}`, {
            artifacts: [...others, ...stored.slice(index * 7, index * 7 + 9)]
              .map(each =>
                // An epoch of 0 can be left out.
                each.epoch === '0' && index % 2
                  ? `${each.name}-${each.version}-${each.release}.${each.arch}`
                  : `${each.name}-${each.epoch}:${each.version}-${each.release}.${each.arch}`,
              )
              .concat('nonsense', ''),
          }),
        ),
      );

      const builder = new PoolBuilder();
      const packed = await packSolverPackages(knex, packageIds);
      for (const pkg of unpackSolverPackages(packed)) builder.addPackage(pkg);
      for (const row of await readSolverModules(knex, moduleIds)) {
        builder.addModule(toSolverModule(row));
      }
      const { modules, units } = openPool(builder.build(), []).columns;
      const solved = modules.flatMap(({ unit, artifacts }) =>
        artifacts.map(id => `${unit} has ${units[id]}`),
      );

      const map = await readMap(knex);
      expect(map.length).toBeGreaterThan(60);
      expect(map).toEqual(solved.sort());
      expect(map).toEqual(await mapFromScratch(knex));
    });
  },
);
