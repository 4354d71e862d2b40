import { mergeRuns } from './mergeRuns';

describe('mergeRuns', () => {
  const merge = (runs: number[][]) => [...mergeRuns(runs, (a, b) => a - b)];

  it('gives what sorting everything gives', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1009);
    const runs = Array.from({ length: 7 }, (_, run) =>
      values.filter((_value, i) => i % 7 === run).sort((a, b) => a - b),
    );
    expect(merge(runs)).toEqual([...values].sort((a, b) => a - b));
  });

  it('copes with empty lists and repeated values', () => {
    expect(merge([])).toEqual([]);
    expect(merge([[], [1, 1, 2], [], [1]])).toEqual([1, 1, 1, 2]);
  });
});
