import { DateTime } from 'luxon';
import { resolveCheckpoint } from './resolveCheckpoint';

const FIRST = '20250130T203000Z';
const SECOND = '20250131T203000Z';
const NOW = DateTime.fromISO('2025-02-01T12:00:00.500Z');

const resolve = (text: string, stamps = [SECOND, FIRST]) =>
  resolveCheckpoint(text, stamps, NOW);

describe('resolveCheckpoint', () => {
  it.each([FIRST, SECOND])('knows the checkpoint of %s', stamp => {
    expect(resolve(stamp)).toEqual({ kind: 'exact', stamp });
  });

  it.each([
    ['a second later', '20250130T203001Z', FIRST],
    ['between two', '20250131T202959Z', FIRST],
    ['after the last', '20250131T203001Z', SECOND],
    ['in this second', '20250201T120000Z', SECOND],
  ])('leads %s to the one that stood then', (_, text, stamp) => {
    expect(resolve(text)).toEqual({ kind: 'moving', stamp });
  });

  it.each([
    ['before the first', '20250130T202959Z', 'no checkpoint yet'],
    ['in the future', '20250201T120001Z', 'in the future'],
    ['malformed', 'invalid_ts', 'not a time stamp'],
    ['without its Z', '20250130T203000', 'not a time stamp'],
    ['followed by more', '20250130T203000Zx', 'not a time stamp'],
    ['impossible', '20259928T092752Z', 'not a time stamp'],
    ['the 30th of February', '20250230T000000Z', 'not a time stamp'],
    ['the 60th second', '20250130T203060Z', 'not a time stamp'],
    ['the 24th hour', '20250130T240000Z', 'not a time stamp'],
  ])('finds nothing when it is %s', (_, text, reason) => {
    expect(resolve(text)).toEqual({
      kind: 'none',
      reason: expect.stringContaining(reason),
    });
  });

  it('knows a checkpoint that had to take a second ahead of the clock', () => {
    const ahead = '20250201T120001Z';
    expect(resolve(ahead, [ahead])).toEqual({ kind: 'exact', stamp: ahead });
    expect(resolve('20250201T120000Z', [ahead]).kind).toBe('none');
  });

  it('finds nothing where there are no checkpoints', () => {
    expect(resolve(FIRST, []).kind).toBe('none');
  });
});
