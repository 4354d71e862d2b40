import { chooseModules } from './modularPackages';

describe('chooseModules', () => {
  const pairs = [7, 7, 8].map(id => ({ destination: { id } as any }));

  it('takes the newest build, once per destination', () => {
    const lonely = [
      { entry: 0, packageId: 1, modulemdIds: [20, 10] },
      { entry: 1, packageId: 2, modulemdIds: [30, 20] },
      { entry: 2, packageId: 1, modulemdIds: [20, 10] },
      { entry: 2, packageId: 3, modulemdIds: [40] },
    ];
    expect(chooseModules(lonely, pairs)).toEqual([
      { entry: 0, packageId: 1, modulemdId: 20 },
      { entry: 2, packageId: 1, modulemdId: 20 },
      { entry: 2, packageId: 3, modulemdId: 40 },
    ]);
  });
});
