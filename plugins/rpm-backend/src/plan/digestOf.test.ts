import type { VersionPlan } from '../repository';
import { digestOf } from './digestOf';

const PLAN: VersionPlan = {
  repositoryId: 1,
  baseVersionId: undefined,
  latestVersionId: 2,
  added: [3, 4],
  removed: [{ unitId: 5, reason: { kind: 'requested' } }],
  rejected: [],
  kept: [],
  advisoryDecisions: [],
  mergedAdvisories: [],
  pathOverlaps: [],
  modularLosses: [],
};

describe('digestOf', () => {
  it('does not depend on order, nor on what is only told', () => {
    expect(
      digestOf([
        {
          ...PLAN,
          added: [4, 3],
          kept: [{ unitId: 9, reason: 'newest' }],
          pathOverlaps: [{ path: 'a', unitIds: [3, 4] }],
        },
      ]),
    ).toBe(digestOf([PLAN]));
  });

  it.each<[string, Partial<VersionPlan>]>([
    ['repository', { repositoryId: 2 }],
    ['latest version', { latestVersionId: 3 }],
    ['base version', { baseVersionId: 2 }],
    ['retention', { retainedPackageVersions: 1 }],
    ['additions', { added: [3] }],
    ['removals', { removed: [] }],
    [
      'place of a unit',
      {
        added: [3],
        removed: [
          { unitId: 4, reason: { kind: 'requested' } },
          { unitId: 5, reason: { kind: 'requested' } },
        ],
      },
    ],
    ['refusals', { rejected: [{ unitId: 5, reason: { kind: 'requested' } }] }],
  ])('depends on the %s', (_, change) => {
    expect(digestOf([{ ...PLAN, ...change }])).not.toBe(digestOf([PLAN]));
  });

  it('depends on the number of destinations', () => {
    expect(digestOf([PLAN, PLAN])).not.toBe(digestOf([PLAN]));
  });
});
