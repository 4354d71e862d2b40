#!/usr/bin/env node
// Proves that worker threads find and load their entry file outside of tests:
// in the backend as the Backstage CLI starts it for development, and in built
// packages as plain Node.js runs them. Needs dist-types, which `yarn tsc` writes.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCOPE = '@rpmportal';
const BACKEND = 'backstage-plugin-rpm-backend';
const PACKAGES = {
  [BACKEND]: 'plugins/rpm-backend',
  'backstage-plugin-rpm-common': 'plugins/rpm-common',
  'backstage-plugin-rpm-node': 'plugins/rpm-node',
  'rpm-format': 'packages/rpm-format',
  'rpm-solver': 'packages/rpm-solver',
};
/** What the probe prints, followed by what the thread answered. */
const PROBED = 'Worker probe: ';
const PROOF = "There is no job named 'probe'.";
const PATIENCE_SECONDS = 180;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const probe = join(root, 'scripts', 'workerProbe.cjs');
const cli = createRequire(import.meta.url).resolve(
  '@backstage/cli/bin/backstage-cli',
);

/** Runs Node.js to its end. */
async function run(args, options = {}) {
  const output = await start(args, options, () => false);
  if (output.code !== 0) fail(args, output);
}

/** Runs Node.js until the probe has had its answer. */
async function runProbe(args, options) {
  const output = await start(args, options, text =>
    /^Worker probe: .*$/m.test(text),
  );
  if (!output.text.includes(PROBED + PROOF)) fail(args, output);
}

async function start(args, { cwd = root, env = {} }, isDone) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', more => {
      text += more;
      if (isDone(text)) child.kill('SIGTERM');
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_SECONDS * 1e3);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearTimeout(timer);
  return { code, text };
}

function fail(args, { code, text }) {
  console.error(text);
  throw new Error(`node ${args.join(' ')} failed (${code}).`);
}

async function checkDevelopmentStart() {
  await runProbe([cli, 'package', 'start', '--require', probe], {
    cwd: join(root, 'packages', 'backend'),
    env: {
      WORKER_PROBE: join(root, PACKAGES[BACKEND], 'src', 'workers'),
      APP_CONFIG_backend_listen_port: '0',
      APP_CONFIG_backend_database: JSON.stringify({
        client: 'better-sqlite3',
        connection: ':memory:',
      }),
    },
  });
  console.log('ok: started for development');
}

/** Builds, packs and lays out the packages as an installation has them. */
async function checkBuild() {
  for (const folder of Object.values(PACKAGES)) {
    await run([cli, 'package', 'build'], { cwd: join(root, folder) });
  }
  // Inside the workspace, so that everything else comes from its node_modules.
  await mkdir(join(root, '.data'), { recursive: true });
  const installation = await mkdtemp(join(root, '.data', 'workers-'));
  try {
    await run([cli, 'build-workspace', installation, `${SCOPE}/${BACKEND}`]);
    const modules = join(installation, 'node_modules', SCOPE);
    await mkdir(modules, { recursive: true });
    for (const [name, folder] of Object.entries(PACKAGES)) {
      await symlink(join(installation, folder), join(modules, name), 'dir');
    }
    const dist = join(installation, PACKAGES[BACKEND], 'dist');
    await runProbe([probe], {
      cwd: installation,
      env: { WORKER_PROBE: join(dist, 'workers', 'ThreadPool.cjs.js') },
    });
  } finally {
    await rm(installation, { recursive: true });
  }
  console.log('ok: built');
}

await checkDevelopmentStart();
await checkBuild();
