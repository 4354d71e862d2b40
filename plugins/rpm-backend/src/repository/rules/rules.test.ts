import type { PackageFacts } from '../../database/operations/versions';
import { dropModulePackages } from './dropModulePackages';
import { findLostArtifacts } from './findLostArtifacts';
import { findDuplicates, replaceByRepoKey } from './replaceByRepoKey';
import { findCrowded, retainPackageVersions } from './retainPackageVersions';

describe('replaceByRepoKey', () => {
  it('lets incoming units replace those of the same type and key', () => {
    expect(
      replaceByRepoKey(
        [
          { id: 10, type: 'rpm.package', repoKey: 'a' },
          { id: 11, type: 'rpm.modulemd_obsolete', repoKey: undefined },
          { id: 12, type: 'rpm.advisory', repoKey: 'x' },
        ],
        [
          { id: 1, type: 'rpm.package', repoKey: 'a' },
          { id: 2, type: 'rpm.modulemd', repoKey: 'a' },
          { id: 3, type: 'rpm.modulemd_obsolete', repoKey: undefined },
          { id: 4, type: 'rpm.advisory', repoKey: 'x' },
        ],
      ),
    ).toEqual([{ unitId: 1, byUnitId: 10 }]);
  });

  it('finds units that exclude each other', () => {
    expect(
      findDuplicates([
        { id: 1, type: 'rpm.package', repoKey: 'a' },
        { id: 2, type: 'rpm.package', repoKey: 'b' },
        { id: 3, type: 'rpm.package', repoKey: 'a' },
        { id: 4, type: 'rpm.modulemd', repoKey: 'b' },
        { id: 5, type: 'rpm.modulemd_obsolete', repoKey: undefined },
        { id: 6, type: 'rpm.modulemd_obsolete', repoKey: undefined },
        { id: 7, type: 'rpm.advisory', repoKey: 'x' },
        { id: 8, type: 'rpm.advisory', repoKey: 'x' },
      ]),
    ).toEqual([[1, 3]]);
  });
});

describe('dropModulePackages', () => {
  it('drops what no module that stays names, once', () => {
    const lost = [
      { modulemdId: 1, packageId: 10 },
      { modulemdId: 2, packageId: 10 },
      { modulemdId: 1, packageId: 11 },
    ];
    expect(
      dropModulePackages(lost, [{ modulemdId: 3, packageId: 11 }]),
    ).toEqual([{ modulemdId: 1, packageId: 10 }]);
  });
});

describe('findLostArtifacts', () => {
  it('misses what leaves, unless a package with the same key comes', () => {
    const present = [
      { modulemdId: 1, packageId: 10 },
      { modulemdId: 1, packageId: 11 },
      { modulemdId: 2, packageId: 11 },
      { modulemdId: 1, packageId: 12 },
    ];
    expect(
      findLostArtifacts(
        present,
        [
          { id: 10, type: 'rpm.package', repoKey: 'a' },
          { id: 11, type: 'rpm.package', repoKey: 'b' },
          { id: 12, type: 'rpm.package', repoKey: undefined },
        ],
        [
          { id: 20, type: 'rpm.package', repoKey: 'a' },
          { id: 21, type: 'rpm.modulemd', repoKey: 'b' },
          { id: 22, type: 'rpm.package', repoKey: undefined },
        ],
      ),
    ).toEqual(present.slice(1));
  });
});

describe('retainPackageVersions', () => {
  const versions = (name: string, arch: string, ids: number[]) =>
    ids.map((id): PackageFacts => ({ id, name, arch, evrKey: `${id}` }));
  const ids = (packages: PackageFacts[]) => packages.map(({ id }) => id).sort();
  const surplus = (...given: Parameters<typeof retainPackageVersions>) =>
    ids(retainPackageVersions(...given).surplus.map(({ unit }) => unit));

  it('keeps the newest of each name and arch', () => {
    const packages = [
      ...versions('a', 'x86_64', [1, 2, 3]),
      ...versions('a', 'src', [4, 5]),
      ...versions('b', 'x86_64', [6]),
    ];
    expect(surplus(packages, new Set(), 1)).toEqual([1, 2, 4]);
    expect(surplus(packages, new Set(), 2)).toEqual([1]);
    expect(ids(findCrowded(packages, 2))).toEqual([1, 2, 3]);
  });

  it('neither counts nor removes modular packages', () => {
    const packages = versions('a', 'x86_64', [1, 2, 3, 4]);
    expect(surplus(packages, new Set([1, 4]), 1)).toEqual([2]);
  });

  it('counts packages of equal version one by one', () => {
    const packages = versions('a', 'noarch', [1, 2]).map(unit => ({
      ...unit,
      evrKey: 'same',
    }));
    expect(surplus(packages, new Set(), 1)).toEqual([1]);
  });

  it('says what made a package one too many, and why others stay', () => {
    const { surplus: old, kept } = retainPackageVersions(
      versions('a', 'x86_64', [1, 2, 3, 4]),
      new Set([4]),
      2,
    );
    expect(old.map(({ unit, newest }) => [unit.id, newest.id])).toEqual([
      [1, 3],
    ]);
    expect(kept).toEqual([
      { unitId: 4, reason: 'modular' },
      { unitId: 3, reason: 'newest' },
      { unitId: 2, reason: 'newest' },
    ]);
  });
});
