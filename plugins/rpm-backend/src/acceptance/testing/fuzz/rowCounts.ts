import type { Knex } from 'knex';

/** What changes by itself, and what the migrations keep. */
const IGNORED = /^(task_worker|sqlite_.*|knex_.*|.*_migrations.*)$/;

/** Counts the rows of all tables of a database. */
export class RowCounts {
  readonly #knex: Knex;
  readonly #statement: string;

  private constructor(knex: Knex, tables: readonly string[]) {
    this.#knex = knex;
    this.#statement = tables
      .map(table => `select '${table}' as name, count(*) as rows from ${table}`)
      .join(' union all ');
  }

  static async of(knex: Knex): Promise<RowCounts> {
    const isSqlite = knex.client.config.client.includes('sqlite');
    const names: { name: string }[] = isSqlite
      ? await knex('sqlite_master').where({ type: 'table' }).select('name')
      : await knex('pg_tables')
          .whereRaw('schemaname = current_schema()')
          .select({ name: 'tablename' });
    const tables = names.map(({ name }) => name);
    return new RowCounts(
      knex,
      tables.filter(name => !IGNORED.test(name)),
    );
  }

  async read(): Promise<Record<string, number>> {
    const reply = await this.#knex.raw(this.#statement);
    const rows: { name: string; rows: string | number }[] = reply.rows ?? reply;
    return Object.fromEntries(
      rows.map(({ name, rows: count }) => [name, Number(count)]),
    );
  }
}
