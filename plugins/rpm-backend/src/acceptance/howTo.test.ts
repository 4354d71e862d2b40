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

/** The commands of a page, in one script. */
async function commandsOf(page: string): Promise<string> {
  const text = await readFile(join(CLONE, 'docs', page), 'utf8');
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)]
    .map(([, commands]) => commands)
    .join('\n');
}

describeWithTool('jq', 'the commands of the guides', () => {
  it('upload, prune and clean up', async () => {
    const { origin, stop } = await startPulpCommand(
      await databases.init('SQLITE_3'),
    );
    const commands = await commandsOf('how-to/upload-prune-clean.md');
    const { stdout } = await promisify(execFile)(
      'bash',
      ['-c', `set -euo pipefail\n${commands}`],
      {
        cwd: CLONE,
        env: {
          ...process.env,
          ORIGIN: origin,
          TOKEN: mockCredentials.user.token(),
        },
      },
    );
    await stop();
    expect(stdout).toContain('"location_href": "libcart-1.0-1.aarch64.rpm"');
    expect(stdout).toMatch(/walrus-0\.71-1\.noarch: pruned/);
    expect(stdout).toMatch(/"outcome": "created"/);
    expect(stdout).toMatch(/\{"code":"clean-up.content","done":[1-9]\d*\}/);
    expect(stdout).toContain('{"code":"repair.corrupted","done":0}');
    expect(stdout.trim().endsWith('"completed"')).toBe(true);
  });
});
