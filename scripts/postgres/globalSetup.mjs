import { startPostgres } from './startPostgres.mjs';

const CONNECTION = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/**
 * Jest's global set-up of the packages that use a database: gives TestDatabases
 * a PostgreSQL server, so that nothing has to be installed for it. A server
 * that is already named in the environment is used instead.
 */
export default async function globalSetup() {
  // Without this, TestDatabases looks for Docker under CI, and fails.
  process.env.BACKSTAGE_TEST_DISABLE_DOCKER = '1';
  if (process.env[CONNECTION]) {
    return;
  }
  try {
    const server = await startPostgres();
    process.env[CONNECTION] = server.connectionString;
    globalThis.stopTestPostgres = async () => {
      delete process.env[CONNECTION];
      await server.stop();
    };
  } catch (error) {
    if (process.env.CI) {
      throw error;
    }
    console.warn(`Testing on SQLite only. ${error.message}`);
  }
}
