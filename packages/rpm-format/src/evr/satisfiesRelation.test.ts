import fc from 'fast-check';
import type { RelationFlag } from '../package/RpmPackage';
import { parseRelation } from '../dependency';
import { compareEvr } from './compareEvr';
import { parseEvr } from './Evr';
import { VersionRange, satisfiesRelation } from './satisfiesRelation';

function range(text: string): VersionRange {
  return parseRelation(`name ${text}`)!;
}

describe('satisfiesRelation', () => {
  it.each([
    ['', '>= 5', true],
    ['= 1-1', '', true],
    ['= 1-1', '= 1-1', true],
    ['= 1-1', '= 1-2', false],
    ['= 1-1', '>= 1-1', true],
    ['= 1-2', '> 1-1', true],
    ['= 1-1', '> 1-1', false],
    ['= 2-1', '< 1:1', true],
    ['= 1:1-1', '>= 2', true],
    ['= 1:1-1', '<= 2', false],
    ['= 1.0~rc1-1', '>= 1.0', false],
    ['= 1.0^git1-1', '> 1.0', true],
    // both are ranges
    ['>= 2', '< 2', false],
    ['>= 2', '<= 2', true],
    ['> 2', '<= 2', false],
    ['> 1', '< 2', true],
    ['< 1', '> 2', false],
    ['> 9', '> 1', true],
    ['< 1', '< 9', true],
  ])('provided %j, required %j: %s', (provided, required, expected) => {
    expect(satisfiesRelation(range(provided), range(required))).toBe(expected);
    expect(satisfiesRelation(range(required), range(provided))).toBe(expected);
  });

  it.each([
    ['= 1-1', '= 1', true],
    ['= 1-1', '>= 1', true],
    ['= 1-1', '<= 1', true],
    ['= 1-1', '< 1', false],
    ['= 1-1', '> 1', false],
    ['= 1', '= 1-1', true],
    ['= 1', '> 1-1', true],
    ['= 1', '< 1-1', true],
    ['> 1', '<= 1-1', false],
    ['>= 1', '< 1-1', true],
  ])(
    'takes a missing release for any: provided %j, required %j: %s',
    (provided, required, expected) => {
      expect(satisfiesRelation(range(provided), range(required))).toBe(
        expected,
      );
    },
  );

  it('takes a missing epoch for 0', () => {
    expect(
      satisfiesRelation(
        { flags: 'EQ', epoch: '0', version: '1' },
        { flags: 'EQ', version: '1' },
      ),
    ).toBe(true);
    expect(
      satisfiesRelation(
        { flags: 'EQ', epoch: '1', version: '1' },
        { flags: 'EQ', version: '1' },
      ),
    ).toBe(false);
  });

  it('says whether some version lies in both ranges', () => {
    // Around each whole number there are older and newer versions, so the ladder has a member in
    // the intersection of any two ranges over whole numbers that is not empty.
    const ladder = [1, 2, 3].flatMap(n => [
      parseEvr(`${n}~-1`),
      parseEvr(`${n}-1`),
      parseEvr(`${n}.1-1`),
    ]);
    const contains = (r: VersionRange, evr: (typeof ladder)[number]) => {
      const order = compareEvr(evr, {
        epoch: '0',
        version: r.version!,
        release: r.release!,
      });
      return (
        (order < 0 && r.flags!.startsWith('L')) ||
        (order > 0 && r.flags!.startsWith('G')) ||
        (order === 0 && r.flags!.endsWith('E')) ||
        (order === 0 && r.flags === 'EQ')
      );
    };
    const arbitraryRange = fc.record({
      flags: fc.constantFrom<RelationFlag>('EQ', 'LT', 'GT', 'LE', 'GE'),
      version: fc.constantFrom('1', '2', '3'),
      release: fc.constant('1'),
    });
    fc.assert(
      fc.property(arbitraryRange, arbitraryRange, (a, b) => {
        expect(satisfiesRelation(a, b)).toBe(
          ladder.some(evr => contains(a, evr) && contains(b, evr)),
        );
      }),
    );
  });
});
