import fc from 'fast-check';
import { applyDatabaseMigrations } from '../database/migrations';
import { createTestDatabases } from '../testing';
import { versionSteps } from '../testing/versions/versionSteps';
import { VersionWorld } from '../testing/versions/VersionWorld';

jest.setTimeout(600_000);

/** Fixed, so that a failure is seen again; `npm run soak` takes others, and many more. */
const SEED = 20240601;
const RUNS = { SQLITE_3: 200, POSTGRES_18: 50 };

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('versions on %p', databaseId => {
  it('are what a naive model says, after whatever happened', async () => {
    const knex = await databases.init(databaseId);
    await applyDatabaseMigrations(knex);
    let worlds = 0;
    const property = fc.asyncProperty(versionSteps, async steps => {
      worlds += 1;
      const world = await VersionWorld.create(knex, `world ${worlds}`);
      await world.run(steps);
      await world.dispose();
    });
    const numRuns = RUNS[databaseId as keyof typeof RUNS];
    await expect(
      fc.assert(property, { numRuns, seed: SEED }),
    ).resolves.toBeUndefined();
  });
});
