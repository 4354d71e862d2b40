#!/usr/bin/env node
// Runs soaks: `npm run soak -- [<name> …] [--seed <number>] <options>`, all of
// them when none is named. What comes of one is printed and written to
// docs/benchmarks/<name>-soak.json; its seed repeats it.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const SOAKS = fileURLToPath(
  new URL('../plugins/rpm-backend/src/testing/soaks/', import.meta.url),
);
const SUFFIX = '.soak.ts';

const known = readdirSync(SOAKS)
  .filter(file => file.endsWith(SUFFIX))
  .map(file => file.slice(0, -SUFFIX.length));
const args = process.argv.slice(2);
const end = args.findIndex(arg => arg.startsWith('-'));
const names = end < 0 ? args : args.slice(0, end);
const options = end < 0 ? [] : args.slice(end);
if (names.some(name => !known.includes(name))) {
  console.error(`Usage: npm run soak -- [${known.join('|')}] --seed <number>`);
  process.exit(1);
}

// The sources are TypeScript, transformed as the Backstage CLI does it.
const transform = createRequire(import.meta.url).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);
for (const name of names.length ? names : known) {
  const { status } = spawnSync(
    process.execPath,
    ['--require', transform, `${SOAKS}${name}${SUFFIX}`, ...options],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exitCode = status ?? 1;
}
