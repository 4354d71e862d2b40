import { formatEvr, parseEvr } from './Evr';

describe('parseEvr', () => {
  it.each([
    ['1:2-3', '1', '2', '3'],
    ['2-3', '0', '2', '3'],
    ['2', '0', '2', ''],
    ['0:2', '0', '2', ''],
    [':2-3', '0', '2', '3'],
    ['1:2-3-4', '1', '2-3', '4'],
    ['a:2-3', '0', 'a:2', '3'],
    ['', '0', '', ''],
  ])('reads %j', (text, epoch, version, release) => {
    expect(parseEvr(text)).toEqual({ epoch, version, release });
  });
});

describe('formatEvr', () => {
  it.each(['1:2-3', '2-3', '2', '1:2'])('writes %s again', text => {
    expect(formatEvr(parseEvr(text))).toBe(text);
  });
});
