import { canMeet, installsOn, isSourceArch } from './architectures';

describe('architectures', () => {
  it.each([
    ['x86_64', 'x86_64', true],
    ['x86_64', 'i686', true],
    ['i686', 'x86_64', true],
    ['x86_64', 'noarch', true],
    ['noarch', 'aarch64', true],
    ['i586', 'i386', true],
    ['x86_64_v3', 'x86_64_v2', true],
    ['s390', 's390x', true],
    ['src', 'x86_64', true],
    ['x86_64', 'aarch64', false],
    ['aarch64', 'armv7hl', false],
    ['i686', 'ppc', false],
    ['made-up', 'made-up', true],
    ['made-up', 'noarch', true],
    ['made-up', 'x86_64', false],
  ])('a %s package can need a %s one: %s', (a, b, expected) => {
    expect(canMeet(a, b)).toBe(expected);
  });

  it('knows what a machine installs', () => {
    expect(installsOn('x86_64', 'i686')).toBe(true);
    expect(installsOn('i686', 'x86_64')).toBe(false);
    expect(installsOn('x86_64', 'x86_64_v2')).toBe(false);
    expect(installsOn('aarch64', 'noarch')).toBe(true);
  });

  it('knows sources', () => {
    expect(['src', 'nosrc', 'noarch'].filter(isSourceArch)).toEqual([
      'src',
      'nosrc',
    ]);
  });
});
