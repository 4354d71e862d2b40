#!/usr/bin/env node
// Runs soaks: `npm run soak -- [<name> …] [<arguments>]`, all of them when none
// is named. What comes of one is printed and written to
// docs/benchmarks/<name>-soak.json; its seed repeats it.
//   versions --seed <number> --runs <number> --postgres-runs <number>
//   copies <number of repositories> --seed <number> --data <folder with repodata> …
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const FOLDERS = [
  '../plugins/rpm-backend/src/testing/soaks/',
  '../packages/rpm-solver/src/testing/soaks/',
].map(path => fileURLToPath(new URL(path, import.meta.url)));
const SUFFIX = '.soak.ts';

/** By name, the file. */
const known = new Map(
  FOLDERS.flatMap(folder =>
    readdirSync(folder)
      .filter(file => file.endsWith(SUFFIX))
      .map(file => [file.slice(0, -SUFFIX.length), `${folder}${file}`]),
  ),
);
const args = process.argv.slice(2);
const end = args.findIndex(arg => /^(-|\d+$)/.test(arg));
const names = end < 0 ? args : args.slice(0, end);
const options = end < 0 ? [] : args.slice(end);
if (names.some(name => !known.has(name))) {
  const all = [...known.keys()].join('|');
  console.error(`Usage: npm run soak -- [${all}] --seed <number>`);
  process.exit(1);
}

// The sources are TypeScript, transformed as the Backstage CLI does it.
const transform = createRequire(import.meta.url).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);
for (const name of names.length ? names : known.keys()) {
  const { status } = spawnSync(
    process.execPath,
    ['--require', transform, known.get(name), ...options],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exitCode = status ?? 1;
}
