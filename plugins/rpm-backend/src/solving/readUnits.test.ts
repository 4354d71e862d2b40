import { unpackSolverPackages } from '../content-units/solverPackage';
import { resolveUnits } from '../database/operations/content-units';
import { createTestDatabases } from '../testing';
import { applyDatabaseMigrations } from '../database/migrations';
import { saveTestPackages } from '../testing/units';
import type { BuildBatch } from './jobTypes';
import { readUnits } from './readUnits';
import { toUnitSet } from './unitSets';

jest.setTimeout(120_000);

const databases = createTestDatabases();

/** A megabyte of paths, as a kernel's headers have. */
const HEADERS = Array.from({ length: 20_000 }, (_, index) => ({
  type: 'file' as const,
  path: `/usr/src/kernels/include/config/driver${index % 2_000}/${index}.h`,
}));

describe.each(databases.eachSupportedId())('units on %p', databaseId => {
  it('are read in batches of some megabytes, however long each is', async () => {
    const knex = await databases.init(databaseId);
    await applyDatabaseMigrations(knex);
    const names = Array.from({ length: 20 }, (_, index) => `kernel${index}`);
    const units = await saveTestPackages(knex, {
      ...Object.fromEntries(names.map(name => [name, { files: HEADERS }])),
      small: {},
    });
    const { ids } = await resolveUnits(knex, Object.values(units));
    const batches: BuildBatch[] = [];
    let counted = 0;
    const loading = {
      setTotal() {},
      advance: (by = 1) => {
        counted += by;
      },
      finish() {},
    };
    for await (const batch of readUnits(knex, [], toUnitSet(ids), loading)) {
      batches.push(batch);
    }
    const texts = batches.map(batch =>
      batch.kind === 'packages' ? batch.packed : '',
    );
    expect(Math.max(...texts.map(text => text.length))).toBeLessThan(8_000_000);
    const records = texts.flatMap(text => [...unpackSolverPackages(text)]);
    expect(records.map(({ name }) => name).sort()).toEqual(
      [...names, 'small'].sort(),
    );
    expect(counted).toBe(21);
  });
});
