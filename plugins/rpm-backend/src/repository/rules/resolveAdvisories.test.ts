import type { Advisory } from '@rpmportal/rpm-format';
import { DEFAULT_VERSION_RULES, resolveAdvisories } from './resolveAdvisories';

const UNSAFE = { resolveUnsafeAdvisoryConflicts: true };

/** An advisory about packages given as `name-version`. */
function advisory(packages: string, more: Partial<Advisory> = {}): Advisory {
  return {
    id: 'A-1',
    updatedDate: '2024-01-01 00:00:00',
    version: '1',
    rebootSuggested: false,
    references: [],
    pkglist: [
      {
        name: 'col',
        packages: packages
          .split(' ')
          .filter(Boolean)
          .map(text => {
            const [name, version] = text.split('-');
            return {
              name,
              version,
              epoch: '0',
              release: '1',
              arch: 'noarch',
              rebootSuggested: false,
              restartSuggested: false,
              reloginSuggested: false,
            };
          }),
      },
    ],
    ...more,
  };
}

const EARLY = { updatedDate: '2024-01-01' };
const LATE = { updatedDate: '2024-02-01' };
const V2 = { version: '2' };

type Expected = 'previous' | 'added' | 'merged' | RegExp;

/** Each row of the table: the two advisories, what comes of them, and what does when unsafe. */
const TABLE: [string, Advisory, Advisory, Expected, Expected][] = [
  [
    'equal lists',
    advisory('a-1'),
    advisory('a-1', { title: 'New' }),
    'added',
    'added',
  ],
  ['previous in added', advisory('a-1'), advisory('a-1 b-1'), 'added', 'added'],
  [
    'added in previous',
    advisory('a-1 b-1'),
    advisory('a-1'),
    'previous',
    'previous',
  ],
  [
    'partly equal lists',
    advisory('a-1 b-1'),
    advisory('b-1 c-1'),
    /neither package list is a proper subset of the other/,
    'merged',
  ],
  ['nothing in common', advisory('a-1'), advisory('b-1'), 'merged', 'merged'],
  [
    'only a name in common',
    advisory('a-1'),
    advisory('a-2'),
    'merged',
    'merged',
  ],
  ['no packages before', advisory(''), advisory('b-1'), 'added', 'added'],
  [
    'later, overlapping',
    advisory('a-1 b-1', EARLY),
    advisory('b-1 c-1', LATE),
    'added',
    'added',
  ],
  [
    'earlier, overlapping',
    advisory('a-1 b-1', LATE),
    advisory('b-1 c-1', EARLY),
    'previous',
    'previous',
  ],
  [
    'later, name in common',
    advisory('a-1', EARLY),
    advisory('a-2', LATE),
    'added',
    'added',
  ],
  [
    'earlier, name in common',
    advisory('a-1', LATE),
    advisory('a-2', EARLY),
    'previous',
    'previous',
  ],
  [
    'later, unrelated',
    advisory('a-1', EARLY),
    advisory('b-1', LATE),
    /different timestamps and non-intersecting/,
    'added',
  ],
  [
    'later, without packages',
    advisory('', EARLY),
    advisory('', LATE),
    'added',
    'added',
  ],
  [
    'higher version',
    advisory('a-1'),
    advisory('a-1 b-1', V2),
    'added',
    'added',
  ],
  [
    'lower version',
    advisory('a-1', V2),
    advisory('a-1 b-1'),
    'previous',
    'previous',
  ],
  [
    'higher version, name in common',
    advisory('a-1'),
    advisory('a-2', V2),
    'added',
    'added',
  ],
  [
    'higher version, unrelated',
    advisory('a-1'),
    advisory('b-1', V2),
    /different versions and non-intersecting/,
    'added',
  ],
  [
    'an unknown date is earlier',
    advisory('a-1', { updatedDate: 'soon' }),
    advisory('a-1', EARLY),
    'added',
    'added',
  ],
  [
    'a missing date is earlier',
    advisory('a-1', LATE),
    advisory('a-1', { updatedDate: undefined }),
    'previous',
    'previous',
  ],
  [
    'epoch seconds are dates',
    advisory('a-1', LATE),
    advisory('a-1', { updatedDate: '1709251200' }),
    'added',
    'added',
  ],
  [
    'eight digits are a date',
    advisory('a-1', { updatedDate: '20240301' }),
    advisory('a-1', LATE),
    'previous',
    'previous',
  ],
  [
    'fewer digits are seconds, not a time of today',
    advisory('a-1', { updatedDate: '17' }),
    advisory('a-1', EARLY),
    'added',
    'added',
  ],
  [
    'the same moment written in two ways is one',
    advisory('a-1', { updatedDate: '2024-02-01T00:00Z' }),
    advisory('b-1', { updatedDate: '1706745600' }),
    'merged',
    'merged',
  ],
  [
    'two unknown dates are equal',
    advisory('a-1', { updatedDate: 'soon' }),
    advisory('b-1', { updatedDate: undefined }),
    'merged',
    'merged',
  ],
  [
    'the issue date stands in',
    advisory('a-1', { updatedDate: '', issuedDate: '2024-03-01' }),
    advisory('a-1', LATE),
    'previous',
    'previous',
  ],
];

describe('resolveAdvisories', () => {
  function outcome(
    previous: Advisory,
    added: Advisory,
    rules = DEFAULT_VERSION_RULES,
  ): Expected | string {
    try {
      const kept = resolveAdvisories([previous], [added], rules);
      if (kept === previous) return 'previous';
      return kept === added ? 'added' : 'merged';
    } catch (error) {
      return `[${(error as any).code}] ${(error as Error).message}`;
    }
  }

  it.each(TABLE)('%s', (_name, previous, added, safe, unsafe) => {
    for (const [rules, expected] of [
      [DEFAULT_VERSION_RULES, safe],
      [UNSAFE, unsafe],
    ] as const) {
      const actual = outcome(previous, added, rules);
      if (typeof expected === 'string') {
        expect(actual).toBe(expected);
      } else {
        expect(actual).toMatch(expected);
        expect(actual).toMatch(/^\[RPM0001\] Incoming and existing/);
        expect(actual).toContain(
          'ALLOW_AUTOMATIC_UNSAFE_ADVISORY_CONFLICT_RESOLUTION',
        );
        expect(actual).toMatch(/Advisory id: A-1$/);
      }
    }
  });

  it.each([
    ['', '1', 'added'],
    ['2', '10', 'added'],
    ['10', '2', 'previous'],
    ['1.2', '1.10', 'added'],
    ['1.10', '1.2', 'previous'],
    ['1.2', '1.2.1', 'previous'],
    ['1', 'b', 'previous'],
    ['1.01', '1.1', 'added'],
    ['20240101000000000001', '20240101000000000002', 'added'],
    ['20240101000000000002', '20240101000000000001', 'previous'],
  ])('compares version %j with %j', (before, after, expected) => {
    expect(
      outcome(
        advisory('a-1', { version: before }),
        advisory('a-1', { version: after }),
      ),
    ).toBe(expected);
  });

  it('merges collections apart, each with a name of its own', () => {
    const previous = advisory('a-1', { title: 'First' });
    const added = advisory('b-1', { title: 'Second' });
    const [a] = previous.pkglist[0].packages;
    const [b] = added.pkglist[0].packages;
    previous.pkglist = [
      { name: 'col', packages: [a] },
      { name: 'empty', packages: [] },
      { name: 'col_3', packages: [a] },
      { packages: [a] },
    ];
    added.pkglist = [
      { name: 'col', packages: [b] },
      { name: 'collection', packages: [b] },
      { name: 'other', packages: [b] },
      { name: 'col_3', packages: [b] },
    ];
    const merged = resolveAdvisories([previous], [added], UNSAFE);
    expect(merged.title).toBe('First');
    expect(merged.pkglist.map(({ name }) => name)).toEqual([
      'col',
      'col_3',
      'collection_0',
      'col_4',
      'collection_1',
      'other',
      'col_5',
    ]);
  });

  it('keeps the incoming one where several were there already', () => {
    const added = advisory('c-1', EARLY);
    const existing = [advisory('a-1', LATE), advisory('b-1', LATE)];
    expect(resolveAdvisories(existing, [added], DEFAULT_VERSION_RULES)).toBe(
      added,
    );
  });

  it('folds several incoming ones the same way in whatever order they come', () => {
    const existing = advisory('a-1', EARLY);
    const incoming = [
      advisory('a-1 b-1', LATE),
      advisory('a-1 c-1', { updatedDate: '2024-03-01' }),
      advisory('a-1 c-1 d-1', { updatedDate: '2024-03-01' }),
    ];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const order of orders) {
      expect(
        resolveAdvisories(
          [existing],
          order.map(index => incoming[index]),
          DEFAULT_VERSION_RULES,
        ),
      ).toBe(incoming[2]);
    }
  });
});
