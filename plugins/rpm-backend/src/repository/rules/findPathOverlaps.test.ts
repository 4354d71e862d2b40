import { findPathOverlaps } from './findPathOverlaps';

function overlaps(...paths: string[]) {
  return findPathOverlaps(paths.map((path, unitId) => ({ unitId, path })));
}

describe('findPathOverlaps', () => {
  it('finds nothing where each has a path of its own', () => {
    expect(overlaps('a.rpm', 'b.rpm', 'x/a.rpm', 'x/y/z', 'x/yy')).toEqual([]);
  });

  it('finds files of one path, and files in what is a file', () => {
    expect(overlaps('b', 'a', 'b', 'x/y/z', 'x/y', 'x/y')).toEqual([
      { path: 'b', unitIds: [0, 2] },
      { path: 'x/y', unitIds: [3, 4, 5] },
    ]);
  });
});
