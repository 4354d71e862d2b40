#!/usr/bin/env node
// Runs a benchmark: `npm run bench -- <name> <arguments>`. Its figures are
// printed and written to docs/benchmarks/<name>.json.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const BENCHMARKS = '../plugins/rpm-backend/src/testing/benchmarks';

const [name, ...rest] = process.argv.slice(2);
const file = fileURLToPath(
  new URL(`${BENCHMARKS}/${name}.ts`, import.meta.url),
);
if (!name || !existsSync(file)) {
  console.error('Usage: npm run bench -- repository');
  console.error('       npm run bench -- sync <folder with repodata> …');
  console.error(
    '       npm run bench -- copy [--small] [<source> <destination> …]',
  );
  console.error(
    '       npm run bench -- modules [<folder with modules.yaml> …]',
  );
  process.exit(1);
}
// The sources are TypeScript, transformed as the Backstage CLI does it.
const transform = createRequire(import.meta.url).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);
const { status } = spawnSync(
  process.execPath,
  ['--require', transform, file, ...rest],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
