import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { execFile } from 'child_process';
import { readFile } from 'fs/promises';
import { join } from 'path';
import { promisify } from 'util';
import { createTestDatabases } from '../testing';
import { describeWithTool } from '../testing/describeWithTool';
import { startPulpCommand } from './testing/startPulpCommand';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const CLONE = resolvePackagePath(
  '@rpmportal/backstage-plugin-rpm-backend',
  '../..',
);

/** The commands of a page, in one script; what the `pulp` command does is tested elsewhere. */
async function commandsOf(page: string): Promise<string> {
  const text = await readFile(join(CLONE, 'docs', page), 'utf8');
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)]
    .map(([, commands]) => commands)
    .filter(commands => !commands.startsWith('pulp '))
    .join('\n');
}

describeWithTool('jq', 'the commands of the guides', () => {
  /** Runs the commands of a page against a backend of its own; gives what they print. */
  async function run(page: string): Promise<string> {
    const { origin, stop } = await startPulpCommand(
      await databases.init('SQLITE_3'),
    );
    try {
      const { stdout } = await promisify(execFile)(
        'bash',
        ['-c', `set -euo pipefail\n${await commandsOf(page)}`],
        {
          cwd: CLONE,
          env: {
            ...process.env,
            ORIGIN: origin,
            TOKEN: mockCredentials.user.token(),
          },
        },
      );
      return stdout;
    } finally {
      await stop();
    }
  }

  it('upload, prune and clean up', async () => {
    const printed = await run('how-to/upload-prune-clean.md');
    expect(printed).toContain('"location_href": "libcart-1.0-1.aarch64.rpm"');
    expect(printed).toMatch(/walrus-0\.71-1\.noarch: pruned/);
    expect(printed).toMatch(/"outcome": "created"/);
    expect(printed).toMatch(/\{"code":"clean-up.content","done":[1-9]\d*\}/);
    expect(printed).toContain('{"code":"repair.corrupted","done":0}');
    expect(printed.trim().endsWith('"completed"')).toBe(true);
  });

  it('copy with a preview', async () => {
    const printed = await run('how-to/copy-with-preview.md');
    expect(printed).toMatch(/"state": "planned",\n {2}"stale": null/);
    expect(printed).toMatch(/^requested whale-\S+ → requires shark → shark-/m);
    expect(printed).toMatch(/"state": "applied"/);
    expect(printed).toContain('"reason": "Seen and agreed"');
    expect(printed).toMatch(/"outcome": "unchanged"/);
    expect(printed.trim().endsWith('"problem"')).toBe(true);
  });

  it('change, copy, roll back, publish and serve', async () => {
    const printed = await run('tutorial/modify-and-copy.md');
    const states = [...printed.matchAll(/"state": "(\w+)"/g)];
    expect(states.map(([, state]) => state)).toEqual(
      Array(11).fill('completed'),
    );
    expect(printed).toMatch(/"up": |"added": /);
    for (const name of ['whale', 'shark', 'stork']) {
      expect(printed).toContain(`${name}-`);
    }
    expect(printed).toContain('baseurl=');
    expect(printed).toMatch(/href="\.\/\d{8}T\d{6}Z\/"/);
  });
});
