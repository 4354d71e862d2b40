import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { existsSync } from 'fs';
import { readFile } from 'fs/promises';
import { join } from 'path';

const CLONE = resolvePackagePath(
  '@rpmportal/backstage-plugin-rpm-backend',
  '../..',
);
const SOURCES = ['plugins/rpm-backend/src', 'packages/rpm-format/src'];

describe('the table of bad input', () => {
  it('names tests that exist', async () => {
    const page = await readFile(
      join(CLONE, 'docs/explanation/bad-input.md'),
      'utf8',
    );
    const named = [...page.matchAll(/\| `(\S+)`: (.+?) +\|$/gm)];
    expect(named.length).toBeGreaterThan(20);
    for (const [, file, title] of named) {
      const path = SOURCES.map(folder => join(CLONE, folder, file)).find(
        existsSync,
      );
      const text = path ? await readFile(path, 'utf8') : '';
      expect({ file, title, isThere: text.includes(title) }).toEqual({
        file,
        title,
        isThere: true,
      });
    }
  });
});
