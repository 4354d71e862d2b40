import {
  checkRemoteRules,
  isAllowedHost,
  normalizeRemoteUrl,
} from './remoteRules';

describe('allowed remote hosts', () => {
  const policy = {
    allowedImportPaths: [],
    allowedHosts: ['mirror.example.com', '*.Internal.example.com'],
  };

  it.each([
    ['https://mirror.example.com/el9/', true],
    ['http://MIRROR.example.com:8080/', true],
    ['https://a.internal.example.com/', true],
    ['https://a.b.internal.example.com/', true],
    ['https://internal.example.com/', false],
    ['https://evilinternal.example.com/', false],
    ['https://mirror.example.com.evil.example/', false],
  ])('says whether %s may be reached', (url, allowed) => {
    expect(isAllowedHost(new URL(url), policy)).toBe(allowed);
  });

  it('refuses a remote on another host', () => {
    expect(() => normalizeRemoteUrl('https://other.example/', policy)).toThrow(
      'The host is not one of the allowed remote hosts.',
    );
    expect(normalizeRemoteUrl('https://mirror.example.com/a', policy)).toBe(
      'https://mirror.example.com/a/',
    );
  });

  it.each([
    ['http://mirror.example.com:3128', undefined],
    ['http://proxy.other.example:3128', 'not one of the allowed remote hosts'],
    ['socks5://mirror.example.com', 'Enter a valid URL.'],
    ['mailto:mirror.example.com', 'Enter a valid URL.'],
  ])('are those of proxies as well: %s', (proxy, refusal) => {
    const check = () => checkRemoteRules({ proxy_url: proxy }, policy);
    if (refusal) expect(check).toThrow(refusal);
    else expect(check).not.toThrow();
  });

  it('are any when the configuration names none', () => {
    const any = { allowedImportPaths: [] };
    expect(isAllowedHost(new URL('http://127.0.0.1/'), any)).toBe(true);
  });
});

describe('allowed import paths', () => {
  const policy = { allowedImportPaths: ['/srv/mirrors'] };

  it.each([
    ['file:///srv/mirrors/el9/', true],
    ['file:///srv/mirrors', true],
    ['file:///srv/mirrors-of-others/', false],
    ['file:///srv/mirrors/../secrets/', false],
    ['file:///srv/mirrors/%2e%2e/secrets/', false],
    ['file:///srv/mirrors/..%2Fsecrets/', false],
    ['file://server/srv/mirrors/', false],
  ])('say whether %s may be read', (url, allowed) => {
    const normalize = () => normalizeRemoteUrl(url, policy);
    if (allowed) expect(normalize()).toMatch(/\/$/);
    else expect(normalize).toThrow('not below one of the allowed import paths');
  });
});
