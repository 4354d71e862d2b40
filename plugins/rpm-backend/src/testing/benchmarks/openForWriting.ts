import { DatabaseManager } from '@backstage/backend-defaults/database';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { Knex } from 'knex';
import { openDatabase } from '../../database/migrations';

/** Opens a database as the backend does, and a way to let go of it. */
export async function openForWriting(
  database: object,
): Promise<{ knex: Knex; close(): Promise<void> }> {
  const ends: (() => unknown)[] = [];
  const manager = DatabaseManager.fromConfig(
    new ConfigReader({ backend: { database } }),
    {
      rootLifecycle: {
        addStartupHook() {},
        addBeforeShutdownHook() {},
        // Ends the manager's look at the connection, which would keep the process alive.
        addShutdownHook: end => ends.push(end),
      },
    },
  );
  const knex = await openDatabase(
    manager.forPlugin('rpm', {
      logger: mockServices.rootLogger({ level: 'error' }),
      lifecycle: { addStartupHook() {}, addShutdownHook() {} },
    }),
  );
  return {
    knex,
    async close() {
      for (const end of ends) await end();
      await knex.destroy();
    },
  };
}
