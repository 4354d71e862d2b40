import { packageAt, PathCollisions } from './publishedPackages';

const fileName = 'wolf-1-1.noarch.rpm';
const path = `Packages/w/${fileName}`;
const wolf = (unitId: number, epoch: string, timeBuild: number) => ({
  unitId,
  fileName,
  pkgId: `${unitId}`.repeat(64),
  epoch,
  timeBuild,
});

describe('packages at one path', () => {
  it.each([
    ['the higher epoch', [wolf(1, '10', 5), wolf(2, '9', 6), wolf(3, '0', 7)]],
    ['the later build', [wolf(2, '1', 5), wolf(1, '1', 6), wolf(3, '1', 4)]],
    ['the same one in any order', [wolf(2, '1', 5), wolf(1, '1', 5)]],
  ])('let %s have it', (_, candidates) => {
    for (const order of [candidates, [...candidates].reverse()]) {
      expect(packageAt(path, order, 'nested_alphabetically')?.unitId).toBe(1);
    }
  });

  it('do not meet where digests tell them apart', () => {
    const [one, two] = [wolf(1, '1', 5), wolf(2, '2', 5)];
    expect(
      packageAt(
        `Packages/w/by-digest/111111-${fileName}`,
        [one, two],
        'nested_by_digest',
      ),
    ).toBe(one);
    const collisions = new PathCollisions('nested_by_digest');
    collisions.add(one);
    collisions.add(two);
    expect(collisions.contested.size).toBe(0);
    expect(collisions.seen).toBe(2);
  });

  it('are found', () => {
    const collisions = new PathCollisions('flat');
    collisions.add(wolf(1, '1', 5));
    collisions.add({ fileName: 'bear-1-1.noarch.rpm', pkgId: '' });
    collisions.add(wolf(2, '2', 5));
    collisions.add(wolf(3, '3', 5));
    expect([...collisions.contested]).toEqual([
      [`Packages/${fileName}`, fileName],
    ]);
  });
});
