import type { PlanHead } from './types';
import { whyStale, type PlanFacts } from './whyStale';

const NOW = '2026-06-01T00:00:00.000000Z';

const version = (repositoryId: number, versionId: number, number: number) => ({
  repositoryId,
  repositoryUuid: '',
  versionId,
  number,
});

type Plan = Pick<PlanHead, 'state' | 'refusal' | 'expiresAt' | 'versions'>;

const PLAN: Plan = {
  state: 'planned',
  refusal: undefined,
  expiresAt: '2026-07-01T00:00:00.000000Z',
  versions: {
    source: [version(1, 10, 4)],
    base: [version(2, 20, 7), version(3, 30, 0)],
    start: [version(2, 21, 5), undefined],
    applied: [],
  },
};

const facts = (): PlanFacts => ({
  repositoryNames: new Map([
    [1, 'source'],
    [2, 'shelf'],
    [3, 'shop'],
  ]),
  latest: new Map([
    [1, 9],
    [2, 7],
    [3, 0],
  ]),
  versions: new Set([10, 20, 21, 30]),
});

describe('whyStale', () => {
  it('knows nothing against a plan whose versions are as they were', () => {
    expect(whyStale(PLAN, facts(), NOW)).toBeUndefined();
  });

  it.each<[string, Partial<Plan>, (facts: PlanFacts) => void, string]>([
    [
      'was applied',
      { state: 'applied' },
      () => {},
      'The plan has been applied already.',
    ],
    ['lacks what it must not', { refusal: 'It lacks.' }, () => {}, 'It lacks.'],
    ['has expired', { expiresAt: NOW }, () => {}, 'The plan has expired.'],
    [
      'was made for an earlier version',
      {},
      ({ latest }) => latest.set(3, 2),
      "Repository 'shop' has changed since: the plan was made for its version 0, and its latest one is 2.",
    ],
    [
      'was made for a version that went',
      {},
      ({ latest, versions }) => {
        latest.set(2, 6);
        versions.delete(20);
      },
      "Repository 'shelf' has changed since: the plan was made for its version 7, and its latest one is 6.",
    ],
    [
      'was made for a repository that went',
      {},
      ({ repositoryNames }) => repositoryNames.delete(3),
      'A destination of the plan does not exist any more.',
    ],
    [
      'copies from a version that went',
      {},
      ({ versions }) => versions.delete(10),
      "Version 4 of repository 'source', which the plan copies from, does not exist any more.",
    ],
    [
      'starts from a version that went',
      {},
      ({ versions }) => versions.delete(21),
      "Version 5 of repository 'shelf', which the plan starts from, does not exist any more.",
    ],
  ])('says of a plan that it %s', (_, plan, change, sentence) => {
    const now = facts();
    change(now);
    expect(whyStale({ ...PLAN, ...plan }, now, NOW)).toBe(sentence);
  });
});
