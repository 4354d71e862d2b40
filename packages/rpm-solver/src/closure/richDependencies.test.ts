import { copy } from '../__testUtils__/copy';
import { pkg } from '../__testUtils__/packages';
import type { PackageRecord } from '../pool/records';

function planned(
  requirement: string,
  options: {
    source?: PackageRecord[];
    destination?: PackageRecord[];
    also?: string[];
  } = {},
) {
  const { added, missing } = copy(
    {
      source: [
        pkg('app-1-1', { requires: [requirement] }),
        ...['a-1-1', 'a-2-1', 'b-1-1', 'c-1-1'].map(nevra => pkg(nevra)),
        ...(options.source ?? []),
      ],
      destination: options.destination ?? [],
    },
    [{ requested: ['app-1-1', ...(options.also ?? [])] }],
  );
  return {
    added: added[0].map(label => label.replace('-1.noarch', '')),
    missing,
  };
}

describe('rich dependencies', () => {
  it.each([
    ['(a and b)', ['a-2', 'b-1']],
    ['(a < 2 and (b and c))', ['a-1', 'b-1', 'c-1']],
    ['(b or a)', ['a-2']],
    ['(nowhere or c)', ['c-1']],
    ['((b and nowhere) or (b and c) or a)', ['a-2']],
    ['((b and c) or (c and nowhere))', ['b-1', 'c-1']],
    ['(a if b)', []],
    ['(a if b else c)', ['c-1']],
    ['(a unless b)', ['a-2']],
    ['(nowhere unless b else c)', ['b-1', 'c-1']],
    ['(a > 1 with a < 3)', ['a-2']],
    ['(a without a > 1)', ['a-1']],
    ['(c)', ['c-1']],
  ])('meets %s', (requirement, expected) => {
    expect(planned(requirement)).toEqual({ added: expected, missing: [] });
  });

  it('counts alternatives that are there', () => {
    expect(planned('(a or b)', { destination: [pkg('b-1-1')] }).added).toEqual(
      [],
    );
    expect(
      planned('((a and c) or (b and c))', { destination: [pkg('b-1-1')] })
        .added,
    ).toEqual(['c-1']);
  });

  it.each([
    ['is held', { destination: [pkg('b-1-1')] }],
    ['is requested', { also: ['b-1-1'] }],
  ])('brings what a condition asks for when it %s', (_, options) => {
    expect(planned('(a if b)', options).added).toEqual(['a-2']);
    expect(planned('(a if b else c)', options).added).toEqual(['a-2']);
  });

  it('brings what a condition asks for when it comes along', () => {
    const source = [pkg('web-1-1', { requires: ['b'] })];
    expect(planned('(a if b)', { source, also: ['web-1-1'] }).added).toEqual([
      'a-2',
      'b-1',
    ]);
  });

  it('misses what a condition asks for only if the package implies it', () => {
    expect(
      planned('(nowhere if b)', { destination: [pkg('b-1-1')] }).missing,
    ).toEqual([]);
    expect(planned('(b and (nowhere if b))')).toEqual({
      added: ['b-1'],
      missing: ['app-1-1.noarch: (b and (nowhere if b))'],
    });
    const { missing } = copy(
      {
        source: [
          pkg('app-1-1', { requires: ['web', '(nowhere if b)'] }),
          pkg('web-1-1', { requires: ['b'] }),
          pkg('b-1-1'),
        ],
        destination: [],
      },
      [{ requested: ['app-1-1'] }],
    );
    expect(missing).toEqual(['app-1-1.noarch: (nowhere if b)']);
  });

  it('reports the whole dependency, and what comes near', () => {
    const { plan } = copy(
      {
        source: [
          pkg('app-1-1', { requires: ['(a >= 3 with a < 4)'] }),
          pkg('a-2-1'),
        ],
        destination: [],
      },
      [{ requested: ['app-1-1'] }],
    );
    expect(plan.missing[0].sentence).toBe(
      'app-1-1.noarch requires (a >= 3 with a < 4), for which there is only a-2-1.noarch (a = 2-1).',
    );
  });

  it.each(['(a and', '(a with (b and c))', '(a nor b)'])(
    'misses %s, which is none',
    requirement => {
      expect(planned(requirement)).toEqual({
        added: [],
        missing: [`app-1-1.noarch: ${requirement}`],
      });
    },
  );
});
