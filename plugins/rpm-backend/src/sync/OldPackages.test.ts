import { evrSortKey } from '@rpmportal/rpm-format';
import { OldPackages } from './OldPackages';

/** `name-version.arch` each. */
function find(keep: number, packages: string[], modular: string[] = []) {
  const old = new OldPackages({ keep, modular: new Set(modular) });
  for (const nevra of packages) {
    const [, name, version, arch] = /^(.+)-(.+)\.(.+)$/.exec(nevra)!;
    const evrKey = evrSortKey({ epoch: '0', version, release: '1' });
    old.add({ nevra, name, arch, evrKey });
  }
  return [...old.find()].sort();
}

describe('OldPackages', () => {
  it('are all but the newest of each name and architecture', () => {
    expect(
      find(2, [
        'a-2.noarch',
        'a-1.9.noarch',
        'b-1.noarch',
        'a-1.10.noarch',
        'a-1.src',
        'a-2~rc.noarch',
      ]),
    ).toEqual(['a-1.10.noarch', 'a-1.9.noarch']);
  });

  it('are not packages of modules, which do not count either', () => {
    expect(
      find(1, ['a-1.noarch', 'a-2.noarch', 'a-3.noarch'], ['a-3.noarch']),
    ).toEqual(['a-1.noarch']);
  });

  it('are counted once, however often they are listed', () => {
    expect(find(1, ['a-2.noarch', 'a-2.noarch'])).toEqual([]);
  });
});
