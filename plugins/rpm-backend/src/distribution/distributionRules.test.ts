import { checkBasePath, pathsOverlap } from './distributionRules';

describe('base paths', () => {
  it.each(['a', 'a/b', 'el9/x86_64', 'a.b/c-d_e', 'ä'])('takes %j', path => {
    expect(() => checkBasePath(path)).not.toThrow();
  });

  it.each([
    '/a',
    'a/',
    'a//b',
    '.',
    'a/../b',
    'a/./b',
    'a b',
    'a?b',
    'a#b',
    'a%2e%2e',
    'a\\b',
    'a\nb',
  ])('refuses %j', path => {
    expect(() => checkBasePath(path)).toThrow('canonical');
  });

  it('overlap when one contains the other, part by part', () => {
    expect(pathsOverlap('foo', 'foo/bar')).toBe(true);
    expect(pathsOverlap('foo/bar', 'foo')).toBe(true);
    expect(pathsOverlap('foo', 'foo')).toBe(true);
    expect(pathsOverlap('foo', 'foobar')).toBe(false);
  });
});
