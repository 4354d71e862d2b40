#!/usr/bin/env node
// Solves the problem of a plan again: `npm run replay -- FILE`, a download of
// `rpm/plans/<uuid>/problem/`. Prints what comes along and why, and what is missing.
import { createRequire } from 'node:module';

const [file, ...rest] = process.argv.slice(2);
if (!file || rest.length > 0) {
  console.error('Usage: npm run replay -- <file>');
  process.exit(1);
}
const require = createRequire(import.meta.url);
// The sources are TypeScript, transformed as the Backstage CLI does it.
require('@backstage/cli/config/nodeTransform.cjs');
const {
  linesOfFile,
  replay,
} = require('../packages/rpm-solver/src/problem/replay.ts');
try {
  for (const line of await replay(await linesOfFile(file))) console.log(line);
} catch (error) {
  console.error(`${file}: ${error.message}`);
  process.exitCode = 1;
}
