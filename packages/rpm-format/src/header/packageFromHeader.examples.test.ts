import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { RpmPackage } from '../package/RpmPackage';
import { readPackages } from '../repodata';
import { packageFromHeader } from './packageFromHeader';
import { readRpmHeader } from './readRpmHeader';

const EXAMPLES = resolve(__dirname, '../../../../examples');

/** The packages as createrepo_c described them. */
async function readMetadata(folder: string): Promise<RpmPackage[]> {
  const names = await readdir(join(folder, 'repodata'));
  const open = (kind: string) =>
    createReadStream(
      join(folder, 'repodata', names.find(name => name.includes(kind))!),
    ).pipe(createGunzip());
  const packages = [];
  for await (const batch of readPackages({
    primary: open('primary.xml'),
    filelists: open('filelists.xml'),
    other: open('other.xml'),
  })) {
    packages.push(...batch);
  }
  return packages;
}

describe.each(['rpms/repo-1', 'rpms/repo-2', 'fixtures/zoo'])(
  'the packages of examples/%s',
  name => {
    it('are read from their headers as createrepo_c reads them', async () => {
      const folder = join(EXAMPLES, name);
      const described = await readMetadata(folder);
      expect(described.length).toBeGreaterThan(0);

      for (const pkg of described) {
        const path = join(folder, pkg.locationHref);
        const bytes = await readFile(path);
        const { locationBase, timeFile, locationHref } = pkg;
        const read = packageFromHeader(await readRpmHeader(path), {
          pkgId: createHash('sha256').update(bytes).digest('hex'),
          checksumType: 'sha256',
          sizePackage: bytes.length,
          timeFile,
          locationHref,
          locationBase,
        });
        expect(read).toEqual(pkg);
      }
    });
  },
);
