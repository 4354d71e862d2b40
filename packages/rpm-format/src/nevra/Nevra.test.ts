import fc from 'fast-check';
import { formatNevra, parseNevra, rpmFileName } from './Nevra';

describe('parseNevra', () => {
  it.each([
    [
      'perl-libs-4:5.26.3-416.el8.x86_64',
      ['perl-libs', '4', '5.26.3', '416.el8', 'x86_64'],
    ],
    ['bash-5.1.8-9.el9.x86_64', ['bash', '0', '5.1.8', '9.el9', 'x86_64']],
    ['bash-5.1.8-9.el9.x86_64.rpm', ['bash', '0', '5.1.8', '9.el9', 'x86_64']],
    ['a-0:1~rc1-1^git.noarch', ['a', '0', '1~rc1', '1^git', 'noarch']],
    ['gtk-2-tools-1-1.src.rpm', ['gtk-2-tools', '0', '1', '1', 'src']],
    ['libstdc++-0:8.5-1.i686', ['libstdc++', '0', '8.5', '1', 'i686']],
  ])('reads %s', (text, [name, epoch, version, release, arch]) => {
    expect(parseNevra(text)).toEqual({ name, epoch, version, release, arch });
  });

  it.each([
    '',
    'bash',
    'bash-5.1.8',
    'bash-5.1.8.x86_64',
    'bash-5.1.8-9',
    '-5.1.8-9.x86_64',
    'bash--9.x86_64',
    'bash-5.1.8-.x86_64',
    'bash-0:-9.x86_64',
    'bash-5.1.8-9.',
    'Packages/b/bash-5.1.8-9.el9.x86_64.rpm',
    'bash 5.1.8-9.x86_64-1-1.x86_64',
    'bash-5.1.8-9.x86_64\n',
    '.rpm',
  ])('refuses %j', text => {
    expect(parseNevra(text)).toBeUndefined();
  });

  it('reads back whatever formatNevra and rpmFileName write', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_+~^]+(\.[A-Za-z0-9_+~^]+)*$/);
    const nevra = fc.record({
      name: fc.stringMatching(/^[A-Za-z0-9_+.]+(-[A-Za-z0-9_+.]+)*$/),
      epoch: fc.nat().map(String),
      version: word,
      release: word,
      arch: fc.constantFrom('x86_64', 'noarch', 'src', 'aarch64'),
    });
    fc.assert(
      fc.property(nevra, value => {
        expect(parseNevra(formatNevra(value))).toEqual(value);
        expect(parseNevra(rpmFileName(value))).toEqual({
          ...value,
          epoch: '0',
        });
      }),
    );
  });
});

describe('rpmFileName', () => {
  it('leaves the epoch out', () => {
    expect(rpmFileName(parseNevra('perl-libs-4:5.26.3-416.el8.x86_64')!)).toBe(
      'perl-libs-5.26.3-416.el8.x86_64.rpm',
    );
  });
});
