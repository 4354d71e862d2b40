import { isUnchanged, type LastSync } from './lastSync';

const LAST: LastSync = {
  remote: 'uuid',
  url: 'https://mirror.example/',
  policy: 'on_demand',
  syncPolicy: 'additive',
  skipTypes: [],
  retainPackageVersions: 0,
  repomd: 'digest',
  treeinfo: 'digest of the tree',
  treeRepositories: { addon: 'digest' },
  version: 3,
  publication: null,
};
const { version: _, publication: __, ...SAME } = LAST;

describe('isUnchanged', () => {
  it('is so when all is as it was', () => {
    expect(isUnchanged(LAST, SAME, 3)).toBe(true);
  });

  it('is not so before the first sync', () => {
    expect(isUnchanged(undefined, SAME, 0)).toBe(false);
  });

  it('is not so when the repository has another version', () => {
    expect(isUnchanged(LAST, SAME, 4)).toBe(false);
    expect(isUnchanged(LAST, SAME, 2)).toBe(false);
  });

  it.each<[Partial<LastSync>]>([
    [{ remote: 'other' }],
    [{ url: 'https://other.example/' }],
    [{ repomd: 'other' }],
    [{ treeinfo: 'other' }],
    [{ treeinfo: null }],
    [{ treeRepositories: { addon: 'other' } }],
    [{ treeRepositories: {} }],
    [{ syncPolicy: 'mirror_content_only' }],
    [{ syncPolicy: 'mirror_complete' }],
    [{ skipTypes: ['srpm'] }],
    [{ retainPackageVersions: 2 }],
    [{ policy: 'immediate' }],
  ])('is not so with %j', change => {
    expect(isUnchanged(LAST, { ...SAME, ...change }, 3)).toBe(false);
  });

  it('is so when files need not be stored any more', () => {
    const last: LastSync = { ...LAST, policy: 'immediate' };
    expect(isUnchanged(last, SAME, 3)).toBe(true);
    expect(isUnchanged(LAST, { ...SAME, policy: 'streamed' }, 3)).toBe(true);
  });
});
