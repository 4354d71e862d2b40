/**
 * Builds the example repositories from spec files and metadata documents.
 *
 *   node examples/rpms/build.mjs           builds and puts them in their places
 *   node examples/rpms/build.mjs --check   builds elsewhere and compares
 *
 * Needs rpmbuild and createrepo_c. `--check` ends with 1 and names the files
 * that differ. On the tools the committed files were built with (toolchain.json)
 * every byte must be the same, on others what the packages and documents say.
 */
import { execFile } from 'node:child_process';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { compareBytes, compareMeaning } from './comparison.mjs';
import { createRepodata } from './createrepo.mjs';
import { buildPackages } from './rpmbuild.mjs';
import { zooSpecs } from './zoo.mjs';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const toolchainFile = join(here, 'toolchain.json');

/** What the second state no longer has of the first. */
const droppedInState2 = ['campaign-spring-2026.spec'];

/** @returns the repositories: where each is kept, its specs, its documents. */
async function repositories(work) {
  const state1 = await specsIn(join(here, 'specs', 'state-1'));
  const state2 = await specsIn(join(here, 'specs', 'state-2'));
  const kept = state1.filter(spec => !droppedInState2.includes(basename(spec)));
  return [
    {
      folder: join(here, 'repo-1'),
      specs: state1,
      metadata: join(here, 'metadata', 'repo-1'),
    },
    {
      folder: join(here, 'repo-2'),
      specs: [...kept, ...state2],
      metadata: join(here, 'metadata', 'repo-2'),
    },
    {
      folder: join(here, '..', 'fixtures', 'zoo'),
      specs: await writeZooSpecs(join(work, 'zoo-specs')),
      metadata: join(here, 'metadata', 'zoo'),
    },
  ];
}

async function specsIn(folder) {
  const files = await readdir(folder);
  return files.sort().map(file => join(folder, file));
}

async function writeZooSpecs(folder) {
  await mkdir(folder, { recursive: true });
  for (const [file, text] of zooSpecs()) {
    await writeFile(join(folder, file), text);
  }
  return specsIn(folder);
}

/** What decides about bytes: the tools, and the system whose libraries they use. */
async function toolchain() {
  const [rpmbuild, createrepo, system] = await Promise.all([
    run('rpmbuild', ['--version']),
    run('createrepo_c', ['--version']),
    readFile('/etc/os-release', 'utf8'),
  ]).catch(error => {
    throw error.code === 'ENOENT'
      ? new Error(`${error.path} is not installed; see examples/rpms/README.md`)
      : error;
  });
  const release = name =>
    system.match(new RegExp(`^${name}="?([^"\n]*)`, 'm'))?.[1] ?? 'unknown';
  const version = text => text.match(/\d+(?:\.\d+)+/)[0];
  return {
    system: `${release('ID')} ${release('VERSION_ID')}`,
    rpmbuild: version(rpmbuild.stdout),
    createrepo_c: version(createrepo.stdout),
  };
}

async function main() {
  const { check } = parseArgs({
    options: { check: { type: 'boolean', default: false } },
  }).values;
  const tools = JSON.stringify(await toolchain(), undefined, 2);
  const work = await mkdtemp(join(tmpdir(), 'example-rpms-'));
  try {
    const differences = [];
    for (const { folder, specs, metadata } of await repositories(work)) {
      const built = await mkdtemp(join(work, 'built-'));
      await buildPackages(specs, await mkdtemp(join(work, 'work-')), built);
      await createRepodata(built, metadata);
      if (check) {
        const committedWith = await readFile(toolchainFile, 'utf8');
        const compare =
          committedWith.trim() === tools ? compareBytes : compareMeaning;
        differences.push(...(await compare(folder, built)));
      } else {
        await rm(folder, { recursive: true, force: true });
        await cp(built, folder, { recursive: true });
      }
    }
    if (!check) {
      await writeFile(toolchainFile, `${tools}\n`);
    }
    for (const difference of differences) {
      console.error(difference);
    }
    if (differences.length > 0) {
      process.exitCode = 1;
    } else if (check) {
      console.log('The example repositories are what their sources build.');
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

await main().catch(error => {
  console.error(error.stderr || error.message);
  process.exitCode = 1;
});
