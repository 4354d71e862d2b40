import { planRetention } from './planRetention';
import type { RetentionFacts, VersionProtection } from './types';

/** Versions 0 to 5, each with its number as id. */
function facts(
  protections: Record<number, VersionProtection[]> = {},
  stamps: string[] = [],
): RetentionFacts {
  return {
    versions: [5, 4, 3, 2, 1, 0].map(number => ({ id: number, number })),
    protections: new Map(
      Object.entries(protections).map(([id, list]) => [Number(id), list]),
    ),
    checkpoints: stamps.map(stamp => ({ uuid: `uuid of ${stamp}`, stamp })),
  };
}
const distribution: VersionProtection = {
  kind: 'distribution',
  uuid: 'd',
  name: 'served',
};
const checkpoint = (stamp: string): VersionProtection => ({
  kind: 'checkpoint',
  uuid: `uuid of ${stamp}`,
  stamp,
});
const numbers = (versions: { number: number }[]) =>
  versions.map(({ number }) => number);

describe('planRetention', () => {
  it('looks at nothing without settings', () => {
    expect(planRetention(facts({}, ['20240101T000000Z']), {})).toEqual({
      surplusVersions: [],
      keptVersions: [],
      surplusCheckpoints: [],
      keptCheckpoints: [],
    });
  });

  it('keeps the newest, and those beside them that are needed', () => {
    const plan = planRetention(
      facts({ 4: [distribution], 0: [distribution] }),
      {
        retainRepoVersions: 2,
      },
    );
    expect(numbers(plan.surplusVersions)).toEqual([2, 1]);
    expect(
      plan.keptVersions.map(({ version, protection }) => [
        version.number,
        protection?.kind ?? 'newest',
      ]),
    ).toEqual([
      [5, 'newest'],
      [4, 'distribution'],
      [3, 'newest'],
      [0, 'distribution'],
    ]);
  });

  it('keeps the newest checkpoints', () => {
    const plan = planRetention(
      facts({}, ['20240101T000000Z', '20240301T000000Z', '20240201T000000Z']),
      { retainCheckpoints: 2 },
    );
    expect(plan.keptCheckpoints.map(({ stamp }) => stamp)).toEqual([
      '20240301T000000Z',
      '20240201T000000Z',
    ]);
    expect(plan.surplusCheckpoints.map(({ stamp }) => stamp)).toEqual([
      '20240101T000000Z',
    ]);
  });

  it('does not keep versions for checkpoints that go', () => {
    const [old, young] = ['20240101T000000Z', '20240201T000000Z'];
    const needed = { 1: [checkpoint(old)], 2: [checkpoint(young)] };
    const settings = { retainRepoVersions: 1, retainCheckpoints: 1 };
    const plan = planRetention(facts(needed, [old, young]), settings);
    expect(numbers(plan.surplusVersions)).toEqual([4, 3, 1, 0]);

    const both = { 1: [checkpoint(old), distribution], 2: [checkpoint(young)] };
    expect(
      numbers(
        planRetention(facts(both, [old, young]), settings).surplusVersions,
      ),
    ).toEqual([4, 3, 0]);
  });
});
