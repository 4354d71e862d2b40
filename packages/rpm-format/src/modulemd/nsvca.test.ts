import { formatNsvca, parseNsvca } from './nsvca';

describe('parseNsvca', () => {
  it.each([
    'nodejs:18',
    'nodejs:18:820221',
    'nodejs:18:820221:c0ffee42',
    'nodejs:18:820221:c0ffee42:x86_64',
  ])('reads %s, which formatNsvca gives back', text => {
    const parsed = parseNsvca(text);

    expect(parsed).toMatchObject({ name: 'nodejs', stream: '18' });
    expect(formatNsvca(parsed!)).toBe(text);
  });

  it.each(['', 'nodejs', 'nodejs:', ':18', 'a:b::d', 'a:b:1:c:d:e'])(
    'refuses "%s"',
    text => {
      expect(parseNsvca(text)).toBeUndefined();
    },
  );
});

describe('formatNsvca', () => {
  it('stops at the first part that is not known', () => {
    expect(formatNsvca({ name: 'a', stream: 'b', context: 'c' })).toBe('a:b');
  });
});
