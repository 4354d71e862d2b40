import { resolvePackagePath } from '@backstage/backend-plugin-api';
import knexFactory from 'knex';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { pathToFileURL } from 'url';

/** The root of the workspace. */
export const ROOT = resolvePackagePath(
  '@rpmportal/backstage-plugin-rpm-backend',
  '../..',
);

/** A database engine to measure on. */
export interface Engine {
  name: string;
  version: string;
  /** `backend.database` of a configuration, for databases of their own. */
  databaseOf(label: string): object;
}

async function versionOf(
  client: string,
  connection: any,
  statement: string,
): Promise<string> {
  const knex = knexFactory({ client, connection, useNullAsDefault: true });
  try {
    const reply = await knex.raw(statement);
    return Object.values<string>((reply.rows ?? reply)[0])[0];
  } finally {
    await knex.destroy();
  }
}

/** Runs a benchmark on SQLite in files and on a PostgreSQL server that is started for it. */
export async function withEngines(
  run: (engines: Engine[]) => Promise<void>,
): Promise<void> {
  const { startPostgres } = await import(
    pathToFileURL(join(ROOT, 'scripts/postgres/startPostgres.mjs')).href
  );
  const postgres = await startPostgres();
  const scratch = await mkdtemp(join(tmpdir(), 'rpm-bench-'));
  const { connectionString: connection } = postgres;
  try {
    await run([
      {
        name: 'SQLite',
        version: await versionOf(
          'better-sqlite3',
          ':memory:',
          'select sqlite_version()',
        ),
        databaseOf: label => ({
          client: 'better-sqlite3',
          connection: { directory: join(scratch, label) },
        }),
      },
      {
        name: 'PostgreSQL',
        version: await versionOf('pg', connection, 'show server_version'),
        databaseOf: label => ({
          client: 'pg',
          connection,
          prefix: `bench_${label}_`,
        }),
      },
    ]);
  } finally {
    await postgres.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}
