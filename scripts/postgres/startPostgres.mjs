import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * Starts a PostgreSQL server of its own on a free port, with an empty data
 * folder, from the binaries that npm installed. Takes about a second.
 *
 * It runs under a keeper process (servePostgres.mjs) which ends it and removes
 * its data as soon as this process goes away, however that happens.
 *
 * @returns {Promise<{connectionString: string, stop: () => Promise<void>}>}
 *   where to connect as superuser, and how to end it
 * @throws Error with the server's own words when it cannot start
 */
export async function startPostgres() {
  const keeper = spawn(
    process.execPath,
    [fileURLToPath(new URL('./servePostgres.mjs', import.meta.url))],
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  );
  const exited = once(keeper, 'exit');

  let errors = '';
  keeper.stderr.on('data', chunk => (errors += chunk));

  const lines = createInterface({ input: keeper.stdout });
  const connectionString = await Promise.race([
    once(lines, 'line').then(([line]) => line),
    exited.then(() => undefined),
  ]);
  if (!connectionString) {
    throw new Error(`PostgreSQL did not start: ${errors.trim()}`);
  }

  // Must not keep a finished process alive.
  keeper.unref();
  for (const stream of keeper.stdio) {
    stream.unref();
  }

  return {
    connectionString,
    async stop() {
      keeper.ref();
      keeper.stdin.end();
      await exited;
    },
  };
}
