import { describeUrl, resolveLocation } from './locations';

describe('resolveLocation', () => {
  it.each([
    ['repodata/repomd.xml', 'http://host/repo/repodata/repomd.xml'],
    ['Packages/a+b^c d.rpm', 'http://host/repo/Packages/a%2Bb%5Ec%20d.rpm'],
    ['a?b#c.rpm', 'http://host/repo/a%3Fb%23c.rpm'],
    ['already%5Eencoded.rpm', 'http://host/repo/already%5Eencoded.rpm'],
    ['100%.rpm', 'http://host/repo/100%25.rpm'],
    ['ü.rpm', 'http://host/repo/%C3%BC.rpm'],
    ['/leading/slash.rpm', 'http://host/repo/leading/slash.rpm'],
    ['../sibling/a.rpm', 'http://host/sibling/a.rpm'],
    ['https://other/a%20b.rpm', 'https://other/a%20b.rpm'],
  ])('puts %s below the root', (location, url) => {
    expect(resolveLocation('http://host/repo/', location).href).toBe(url);
  });

  it('takes the root for a folder', () => {
    expect(resolveLocation('http://host/repo', 'a.rpm').href).toBe(
      'http://host/repo/a.rpm',
    );
  });

  it('refuses what is not an address', () => {
    expect(() => resolveLocation('http://host/', 'http://[/')).toThrow();
  });
});

describe('describeUrl', () => {
  it('shows neither credentials nor queries', () => {
    expect(describeUrl(new URL('http://me:secret@host/a%20b?token=1#x'))).toBe(
      'http://host/a%20b',
    );
  });
});
