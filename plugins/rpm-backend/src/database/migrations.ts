import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** The folder of the migrations. */
export const MIGRATIONS = resolvePackagePath(
  '@rpmportal/backstage-plugin-rpm-backend',
  'migrations',
);

/** Brings the schema up to date. */
export async function applyDatabaseMigrations(knex: Knex): Promise<void> {
  await knex.migrate.latest({ directory: MIGRATIONS });
}

/** The plugin's database, migrated unless the platform's operators do that themselves. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  // Else the message of every error, which is logged, repeats all values: remotes' passwords too.
  knex.client.config.compileSqlOnError = false;
  if (!database.migrations?.skip) await applyDatabaseMigrations(knex);
  return knex;
}
