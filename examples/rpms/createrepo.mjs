import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Writes `repodata/` beside the packages of a folder.
 *
 * The revision and all time stamps are the time of the newest package, in
 * seconds; packages stand in the order of their file names.
 *
 * @param folder - holds the packages
 * @param metadata - holds comps.xml and, where the repository has them,
 *   updateinfo.xml and modules.yaml
 */
export async function createRepodata(folder, metadata) {
  const revision = await newestPackage(folder);
  await run(
    'createrepo_c',
    [
      ['--quiet', '--no-database'],
      // One worker, so that packages are written in the order they are read.
      ['--workers', '1'],
      ['--checksum', 'sha256'],
      ['--general-compress-type', 'gz'],
      ['--revision', String(revision), '--set-timestamp-to-revision'],
      ['--groupfile', join(metadata, 'comps.xml')],
      folder,
    ].flat(),
  );

  const repodata = join(folder, 'repodata');
  for (const [type, file] of [
    ['updateinfo', 'updateinfo.xml'],
    ['modules', 'modules.yaml'],
  ]) {
    if (existsSync(join(metadata, file))) {
      await run(
        'modifyrepo_c',
        [
          ['--mdtype', type],
          ['--compress-type', 'gz'],
          [join(metadata, file), repodata],
        ].flat(),
      );
    }
  }
  await setTimestamps(join(repodata, 'repomd.xml'), revision);
}

async function newestPackage(folder) {
  const times = (await readdir(folder)).map(
    async file => (await stat(join(folder, file))).mtimeMs,
  );
  return Math.max(...(await Promise.all(times))) / 1000;
}

/** modifyrepo_c knows no other time than that of the file it has just written. */
async function setTimestamps(repomd, revision) {
  const text = await readFile(repomd, 'utf8');
  await writeFile(
    repomd,
    text.replace(
      /<timestamp>\d+<\/timestamp>/g,
      `<timestamp>${revision}</timestamp>`,
    ),
  );
}
