import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { spawn, type ChildProcess } from 'child_process';
import { once } from 'events';
import createKnex, { type Knex } from 'knex';
import { createInterface } from 'readline';

const KEEPER = resolvePackagePath(
  '@rpmportal/backstage-plugin-rpm-backend',
  '../../scripts/postgres/servePostgres.mjs',
);

/** A PostgreSQL server of one test, which can go away and come back. */
export class OwnPostgres {
  readonly #keeper: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #connection: string;

  private constructor(
    keeper: ChildProcess,
    lines: AsyncIterator<string>,
    connection: string,
  ) {
    this.#keeper = keeper;
    this.#lines = lines;
    this.#connection = connection;
  }

  static async start(): Promise<OwnPostgres> {
    const keeper = spawn(process.execPath, [KEEPER], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: keeper.stdout })[
      Symbol.asyncIterator
    ]();
    const { value } = await lines.next();
    if (!value) throw new Error('PostgreSQL did not start');
    return new OwnPostgres(keeper, lines, value);
  }

  /** Connects as a backend does. */
  connect(): Knex {
    return createKnex({
      client: 'pg',
      connection: this.#connection,
      acquireConnectionTimeout: 5_000,
      // It tells of each connection that is lost or not to be had.
      log: { debug() {}, warn() {}, error() {}, deprecate() {} },
    });
  }

  /** Stops the server as its administrator would, or starts it again, with its data. */
  async toggle(): Promise<void> {
    this.#keeper.stdin!.write('\n');
    await this.#lines.next();
  }

  /** Ends the server and removes its data. */
  async stop(): Promise<void> {
    this.#keeper.stdin!.end();
    await once(this.#keeper, 'exit');
  }
}
