import { displayPath, encodePath, parseRequestPath } from './requestPath';

describe('request paths', () => {
  it.each([
    ['', [], false],
    ['/', [], true],
    ['/a', ['a'], false],
    ['/a/b/', ['a', 'b'], true],
    ['/a/n-1^1+2~3.rpm', ['a', 'n-1^1+2~3.rpm'], false],
    ['/a/n-1%5E1%2B2%7E3.rpm', ['a', 'n-1^1+2~3.rpm'], false],
    ['/%C3%A4/...', ['ä', '...'], false],
  ])('%j names %j', (raw, parts, isFolder) => {
    expect(parseRequestPath(raw)).toEqual({ parts, isFolder });
  });

  it.each([
    '//',
    '/a//b',
    '/a//',
    '/.',
    '/a/../b',
    '/a/%2e%2e/b',
    '/a/..%2fb',
    '/a%2Fb',
    '/a/%00',
    '/a%0Ab',
    '/%',
    '/%E0%A4%A',
    `/${'a'.repeat(5000)}`,
  ])('%j names nothing', raw => {
    expect(parseRequestPath(raw)).toBeUndefined();
  });

  it('are written encoded and for people', () => {
    const path = { parts: ['ä b', 'x+y^1?#'], isFolder: true };
    expect(encodePath(path)).toBe(
      '/api/rpm/pulp/content/%C3%A4%20b/x+y%5E1%3F%23/',
    );
    expect(parseRequestPath(encodePath(path).slice(21))).toEqual(path);
    expect(displayPath(path)).toBe('/api/rpm/pulp/content/ä b/x+y^1?#/');
    const root = { parts: [], isFolder: true };
    expect(encodePath(root)).toBe('/api/rpm/pulp/content/');
    expect(displayPath(root)).toBe('/api/rpm/pulp/content/');
  });
});
