import fc from 'fast-check';
import { SyncTester } from '../sync/testing/SyncTester';
import { createTestDatabases } from '../testing';
import { mapSteps } from './testing/mapSteps';
import { MapWorld } from './testing/MapWorld';

jest.setTimeout(600_000);

/** Fixed, so that a failure is seen again. */
const SEED = 20261121;
const RUNS = 12;

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'the map of artifacts on %p',
  databaseId => {
    it('is what one made from scratch would be, whatever came and went, and at once', async () => {
      const knex = await databases.init(databaseId);
      const tester = await SyncTester.start(knex);
      const world = new MapWorld({ tester, knex });
      try {
        await fc.assert(
          fc.asyncProperty(mapSteps, groups => world.run(groups)),
          // Each step takes as long as a task: a failure is shown as it was found.
          { numRuns: RUNS, seed: SEED, endOnFailure: true },
        );
      } finally {
        await tester.stop();
      }
      expect(world.mostRows).toBeGreaterThan(8);
    });
  },
);
