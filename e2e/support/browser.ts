import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/**
 * Finds the browser that the tests drive: CHROMIUM_PATH, or a Chromium or
 * Chrome on the PATH.
 *
 * @returns its executable, or undefined where there is none to test with
 * @throws Error when there is none under CI, where nothing may be skipped
 */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found =
    process.env.CHROMIUM_PATH ||
    COMMANDS.flatMap(command =>
      folders.map(folder => join(folder, command)),
    ).find(path => existsSync(path));

  if (!found) {
    const reason =
      'No Chromium found for the browser tests; install one or set CHROMIUM_PATH.';
    if (process.env.CI) {
      throw new Error(reason);
    }
    console.warn(`${reason} They are skipped.`);
  }
  return found;
}
