import fc from 'fast-check';
import knexFactory, { type Knex } from 'knex';
import { applyDatabaseMigrations } from '../../database/migrations';
import { versionSteps } from '../versions/versionSteps';
import { VersionWorld } from '../versions/VersionWorld';

/** What a batch is to do, in a process of its own. */
export interface BatchOrder {
  seed: number;
  runs: number;
  /** Of an empty PostgreSQL database; SQLite in memory when undefined. */
  connection: string | undefined;
}

/** What a batch tells. */
export interface BatchReport {
  runs: number;
  steps: number;
  /** With the seed, path and smallest example that repeat it. */
  failure: string | undefined;
  peakMemoryMB: number;
}

function openDatabase(connection: string | undefined): Knex {
  if (connection) return knexFactory({ client: 'pg', connection });
  return knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (database: any, done: () => void) => {
        database.pragma('foreign_keys = ON');
        done();
      },
    },
  });
}

async function runBatch(order: BatchOrder): Promise<BatchReport> {
  const knex = openDatabase(order.connection);
  const report = {
    runs: 0,
    steps: 0,
    failure: undefined as string | undefined,
  };
  try {
    await applyDatabaseMigrations(knex);
    const property = fc.asyncProperty(versionSteps, async steps => {
      report.runs += 1;
      report.steps += steps.length;
      const world = await VersionWorld.create(knex, `world ${report.runs}`);
      try {
        await world.run(steps);
      } finally {
        await world.dispose();
      }
    });
    await fc.assert(property, { seed: order.seed, numRuns: order.runs });
  } catch (error) {
    report.failure = (error as Error).message;
  } finally {
    await knex.destroy();
  }
  const { maxRSS: kibibytes } = process.resourceUsage();
  return { ...report, peakMemoryMB: Math.ceil((kibibytes * 1024) / 1e6) };
}

process.on('message', async (message: Partial<BatchOrder>) => {
  // The transform of the sources talks over the same channel.
  if (message.seed === undefined) return;
  const report = await runBatch(message as BatchOrder);
  process.send!(report, () => process.exit());
});
