import { LAYOUTS } from '@rpmportal/backstage-plugin-rpm-common';
import { canBePackageFolder, fileNameOfPath, packagePath } from './layout';

const WOLF = { fileName: 'Wolf-9.4-2.noarch.rpm', pkgId: 'abcdef0123456789' };

describe('layout', () => {
  it.each([
    ['nested_alphabetically', 'Packages/w/Wolf-9.4-2.noarch.rpm'],
    ['flat', 'Packages/Wolf-9.4-2.noarch.rpm'],
    ['nested_by_digest', 'Packages/w/by-digest/abcdef-Wolf-9.4-2.noarch.rpm'],
  ] as const)('%s has its path for a package', (layout, path) => {
    expect(packagePath(WOLF, layout)).toBe(path);
    expect(fileNameOfPath(path, layout)).toBe(WOLF.fileName);
  });

  it.each(LAYOUTS)('%s has all folders above a package', layout => {
    const parts = packagePath(WOLF, layout).split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/');
      expect([folder, canBePackageFolder(folder, layout)]).toEqual([
        folder,
        true,
      ]);
    }
    for (const other of ['', 'repodata', 'packages', 'Packages/w/x/y/z']) {
      expect(canBePackageFolder(other, layout)).toBe(false);
    }
    expect(canBePackageFolder(parts.join('/'), layout)).toBe(false);
  });

  it.each(['repodata/repomd.xml', 'Packages/', 'Packages', 'wolf.rpm'])(
    'takes %j for no package',
    path => {
      expect(fileNameOfPath(path, 'flat')).toBeUndefined();
    },
  );

  it('needs some digits of a checksum to sort by them', () => {
    expect(() =>
      packagePath({ ...WOLF, pkgId: 'abc' }, 'nested_by_digest'),
    ).toThrow('too short');
  });

  it('takes a whole character for the first letter', () => {
    const path = packagePath(
      { fileName: '𐐀-1-1.noarch.rpm', pkgId: '' },
      'nested_alphabetically',
    );
    expect(path).toBe('Packages/𐐨/𐐀-1-1.noarch.rpm');
  });
});
