#!/usr/bin/env node
// Runs Yarn with a Node.js that the workspace supports, so that a machine
// needs nothing but npm and any Node.js from 20 on:
//   node scripts/yarn.mjs <yarn arguments>
// Node.js 22 and 24 run the workspace themselves; for any other, npm brings 24.
import { spawn } from 'node:child_process';
import { constants, tmpdir } from 'node:os';

const YARN = '@yarnpkg/cli-dist@4.13.0';
const NODE = 'node@24.21.0';

const major = Number(process.versions.node.split('.')[0]);
const packages = major === 22 || major === 24 ? [YARN] : [NODE, YARN];
const npx = [
  '--yes',
  ...packages.map(name => `--package=${name}`),
  '--',
  'yarn',
  '--cwd',
  process.cwd(),
  ...process.argv.slice(2),
];

// npx reads the whole node_modules tree of the folder it starts in, which costs
// seconds here; started elsewhere it goes straight to its cache.
const child = spawn('npx', npx, {
  cwd: tmpdir(),
  stdio: 'inherit',
  shell: process.platform === 'win32',
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', error => {
  console.error(`Could not run npx: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  process.exit(code ?? 128 + constants.signals[signal]);
});
