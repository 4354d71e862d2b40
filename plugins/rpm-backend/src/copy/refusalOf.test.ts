import { refusalOf } from './refusalOf';

const missing = (sentence: string, allowed = false) => ({
  entry: '0',
  problem: 'nothing-provides' as const,
  requirement: 'x',
  unit: 1,
  held: false,
  allowed,
  step: 0,
  sentence,
});

describe('refusalOf', () => {
  it('is nothing for a copy that lacks nothing, or that nobody has looked at', () => {
    expect(refusalOf(undefined)).toBeUndefined();
    expect(
      refusalOf({ missing: [], missingCount: 0, allowedCount: 0 }),
    ).toBeUndefined();
    expect(
      refusalOf({
        missing: [missing('a.', true)],
        missingCount: 1,
        allowedCount: 1,
      }),
    ).toBeUndefined();
  });

  it('is one sentence with the first few', () => {
    expect(
      refusalOf({
        missing: [missing('a lacks b.')],
        missingCount: 3,
        allowedCount: 2,
      }),
    ).toBe('The copy lacks a requirement: a lacks b.');
    expect(
      refusalOf({
        missing: ['a.', 'b.', 'c.', 'd.'].map(text => missing(text)),
        missingCount: 9,
        allowedCount: 1,
      }),
    ).toBe('The copy lacks 8 requirements: a; b; c; and 5 more.');
  });
});
