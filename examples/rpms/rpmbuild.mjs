import { execFile } from 'node:child_process';
import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  utimes,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const macros = fileURLToPath(new URL('macros', import.meta.url));

/**
 * Builds spec files into packages.
 *
 * @param specs - paths of spec files. One with `BuildArch: noarch` is built
 *   once, any other once for each architecture of its `ExclusiveArch`.
 * @param work - an empty folder for what rpmbuild leaves behind
 * @param target - the folder that gets the packages, each with the time of its
 *   newest change as modification time, because createrepo_c records that
 * @throws the output of rpmbuild when a package cannot be built
 */
export async function buildPackages(specs, work, target) {
  // rpm splits the list of macro files at blanks, and a clone may be anywhere.
  const ownMacros = join(work, 'macros');
  await copyFile(macros, ownMacros);
  const { stdout } = await run('rpm', ['--eval', '%{_rpmconfigdir}']);
  const defaults = stdout.trim();
  const configuration = [
    ['--rcfile', `${defaults}/rpmrc`],
    ['--macros', `${defaults}/macros:${ownMacros}`],
  ].flat();
  await mkdir(target, { recursive: true });
  for (const spec of specs) {
    await buildSpec(spec, configuration, join(work, basename(spec)), target);
  }
}

async function buildSpec(spec, configuration, work, target) {
  const text = await readFile(spec, 'utf8');
  const seconds = newestChange(text, spec);
  for (const arch of architectures(text, spec)) {
    const top = join(work, arch);
    await mkdir(top, { recursive: true });
    await run(
      'rpmbuild',
      [
        ['-bb', '--quiet', '--nodeps'],
        configuration,
        ['--target', `${arch}-linux`],
        ['--define', `_topdir ${top}`],
        ['--define', `_tmppath ${top}`],
        spec,
      ].flat(),
      {
        env: {
          PATH: process.env.PATH,
          HOME: top,
          LC_ALL: 'C',
          TZ: 'UTC',
          SOURCE_DATE_EPOCH: String(seconds),
        },
      },
    );
    for (const file of await readdir(join(top, 'RPMS'))) {
      await utimes(join(top, 'RPMS', file), seconds, seconds);
      await rename(join(top, 'RPMS', file), join(target, file));
    }
  }
}

/** rpm takes noon UTC for the time of a change, so that is the build time. */
function newestChange(text, spec) {
  const day = text.match(/^%changelog\n\* \w+ (\w+ \d+ \d+) /m)?.[1];
  if (!day) {
    throw new Error(`${spec} has no %changelog to take its build time from`);
  }
  return Date.parse(`${day} 12:00:00 UTC`) / 1000;
}

function architectures(text, spec) {
  const line = text.match(/^(?:BuildArch|ExclusiveArch):\s*(.+)$/m)?.[1];
  if (!line) {
    throw new Error(`${spec} has neither BuildArch nor ExclusiveArch`);
  }
  return line.trim().split(/\s+/);
}
