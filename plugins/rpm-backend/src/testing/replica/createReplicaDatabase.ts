import type { TestDatabaseId } from '@backstage/backend-test-utils';
import { randomUUID } from 'crypto';
import createKnex, { type Knex } from 'knex';
import { join } from 'path';

/** A database that replicas share and a test can look into. */
export interface ReplicaDatabase {
  /** `backend.database` of their configuration. */
  settings: object;
  /** A connection of the test's own, once a replica has made the database. */
  connect(): Knex;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** @param folder - for an engine that keeps files; removed by the caller */
export function createReplicaDatabase(
  databaseId: TestDatabaseId,
  folder: string,
): ReplicaDatabase {
  if (databaseId === 'SQLITE_3') {
    const directory = join(folder, 'database');
    return {
      settings: { client: 'better-sqlite3', connection: { directory } },
      connect: () =>
        createKnex({
          client: 'better-sqlite3',
          connection: { filename: join(directory, 'rpm.sqlite') },
          useNullAsDefault: true,
        }),
      drop: async () => {},
    };
  }
  const server =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING!;
  const prefix = `replica_${randomUUID().slice(0, 8)}_`;
  const name = `${prefix}rpm`;
  return {
    settings: { client: 'pg', connection: server, prefix },
    connect() {
      const own = new URL(server);
      own.pathname = name;
      return createKnex({ client: 'pg', connection: own.toString() });
    },
    async drop() {
      const admin = createKnex({ client: 'pg', connection: server });
      await admin.raw('drop database if exists ?? with (force)', [name]);
      await admin.destroy();
    },
  };
}
