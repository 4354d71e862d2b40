import { DateTime } from 'luxon';
import { freeStamp, nextStamp, parseStamp, toStamp } from './stamps';

const TIME = DateTime.fromISO('2025-01-30T21:59:59.999+01:00');

describe('stamps', () => {
  it('name a second in UTC', () => {
    expect(toStamp(TIME)).toBe('20250130T205959Z');
    expect(parseStamp('20250130T205959Z')?.toISO()).toBe(
      '2025-01-30T20:59:59.000Z',
    );
  });

  it('are given once, to the next free second', () => {
    expect(freeStamp(TIME, [])).toBe('20250130T205959Z');
    expect(freeStamp(TIME, ['20250130T210001Z', '20250130T210002Z'])).toBe(
      '20250130T205959Z',
    );
    expect(
      freeStamp(TIME, [
        '20250130T210000Z',
        '20250130T205959Z',
        '20250130T210002Z',
      ]),
    ).toBe('20250130T210001Z');
  });

  it('of new checkpoints are later than all others', () => {
    expect(nextStamp(TIME, [])).toBe('20250130T205959Z');
    expect(nextStamp(TIME, ['20250130T205958Z'])).toBe('20250130T205959Z');
    expect(nextStamp(TIME, ['20250130T205959Z'])).toBe('20250130T210000Z');
    // The second before is free again, for its checkpoint was not retained.
    expect(nextStamp(TIME, ['20250130T210001Z', '20250130T210000Z'])).toBe(
      '20250130T210002Z',
    );
  });
});
