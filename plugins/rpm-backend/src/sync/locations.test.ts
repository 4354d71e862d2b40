import { locate, LocationError } from './locations';

const WEB = 'https://mirror.example/el9/os/';
const LOCAL = 'file:///srv/import/el9/';

describe('locate', () => {
  it.each([
    ['Packages/a.rpm', `${WEB}Packages/a.rpm`],
    ['./a.rpm', `${WEB}a.rpm`],
    ['x/../a.rpm', `${WEB}a.rpm`],
    ['a b+c^d.rpm', `${WEB}a%20b%2Bc%5Ed.rpm`],
    ['100%.rpm', `${WEB}100%25.rpm`],
    ['a%2Bb.rpm', `${WEB}a%2Bb.rpm`],
    ['a?b#c.rpm', `${WEB}a%3Fb%23c.rpm`],
    ['a:b.rpm', `${WEB}a%3Ab.rpm`],
    ['..rpm', `${WEB}..rpm`],
  ])('finds %s', (location, url) => {
    expect(locate(WEB, location)).toBe(url);
  });

  it.each([
    '',
    '.',
    '../a.rpm',
    'x/../../a.rpm',
    '%2e%2e/a.rpm',
    'x/%2E%2e/..%2f../a.rpm',
    'x%2fy.rpm',
    'x%5c..%5cy.rpm',
    'x%00.rpm',
    '/a.rpm',
    '//other.example/a.rpm',
    'https://other.example/a.rpm',
    'file:///etc/passwd',
  ])('refuses %j', location => {
    expect(() => locate(WEB, location)).toThrow(LocationError);
    expect(() => locate(LOCAL, location)).toThrow(LocationError);
  });

  it.each([
    [WEB, 'http://cdn.example/pool', 'http://cdn.example/pool/a.rpm'],
    [LOCAL, 'https://cdn.example/pool/', 'https://cdn.example/pool/a.rpm'],
    [LOCAL, 'pool', `${LOCAL}pool/a.rpm`],
    [LOCAL, `${LOCAL}pool`, `${LOCAL}pool/a.rpm`],
  ])('follows from %s to the base %s', (root, base, url) => {
    expect(locate(root, 'a.rpm', base)).toBe(url);
  });

  it.each([
    [WEB, 'file:///etc'],
    [LOCAL, 'file:///etc'],
    [LOCAL, '../other'],
    [LOCAL, 'file:///srv/import/el9-other'],
    [WEB, 'media://disc1'],
    [WEB, 'http://['],
  ])('refuses to follow from %s to the base %s', (root, base) => {
    expect(() => locate(root, 'a.rpm', base)).toThrow(LocationError);
  });
});
