import { copy } from '../__testUtils__/copy';
import { module, pkg } from '../__testUtils__/packages';

/** What a copy of `app-1-1` says is missing. */
function sentences(
  ...[source, destination = []]: Parameters<typeof copy>[0][string][]
): string[] {
  return copy({ source, destination }, [
    { requested: ['app-1-1.x86_64'] },
  ]).plan.missing.map(({ sentence }) => sentence);
}

describe('describeFailure', () => {
  it('names other versions of a library', () => {
    expect(
      sentences(
        [
          pkg('app-1-1.x86_64', {
            requires: [
              'libold.so.3()(64bit)',
              'libc.so.6(GLIBC_2.38)(64bit)',
              'libgone.so.1()(64bit)',
            ],
          }),
          pkg('old-1-1.x86_64', { provides: ['libold.so.2()(64bit)'] }),
        ],
        [pkg('glibc-2.34-1.x86_64', { provides: ['libc.so.6()(64bit)'] })],
      ),
    ).toEqual([
      'app-1-1.x86_64 requires libc.so.6(GLIBC_2.38)(64bit), for which there is only glibc-2.34-1.x86_64 (libc.so.6()(64bit)).',
      'app-1-1.x86_64 requires libgone.so.1()(64bit), which no source and no destination provides.',
      'app-1-1.x86_64 requires libold.so.3()(64bit), for which there is only old-1-1.x86_64 (libold.so.2()(64bit)).',
    ]);
  });

  it('names the stream of a module that has another version', () => {
    expect(
      sentences({
        packages: [
          pkg('app-1-1.x86_64', { requires: ['js >= 14'] }),
          pkg('js-12-1.x86_64'),
        ],
        modules: [
          module('node:12:1:aa:x86_64', { artifacts: ['js-12-1.x86_64'] }),
        ],
      }),
    ).toEqual([
      'app-1-1.x86_64 requires js >= 14, for which there is only js-12-1.x86_64 (js = 12-1, of the module node:12).',
    ]);
  });

  it('names of a rich dependency only what is missing', () => {
    expect(
      sentences([
        pkg('app-1-1.x86_64', { requires: ['(lib and tool >= 2)'] }),
        pkg('lib-1-1.x86_64'),
        pkg('tool-1-1.x86_64'),
      ]),
    ).toEqual([
      'app-1-1.x86_64 requires (lib and tool >= 2), for which there is only tool-1-1.x86_64 (tool = 1-1).',
    ]);
  });

  it('names the module streams that exclude each other', () => {
    expect(
      sentences({
        packages: [
          pkg('app-1-1.x86_64', { requires: ['js', 'tool'] }),
          pkg('js-10-1.x86_64'),
          pkg('tool-1-1.x86_64'),
        ],
        modules: [
          module('node:10:1:aa:x86_64', { artifacts: ['js-10-1.x86_64'] }),
          module('node:12:1:aa:x86_64', { artifacts: ['tool-1-1.x86_64'] }),
        ],
      }),
    ).toEqual([
      'app-1-1.x86_64 requires js and tool, which cannot be had together: they need the module streams node:10 and node:12, of which only one can be enabled.',
    ]);
  });

  it('names what keeps the module of a package from being enabled', () => {
    expect(
      sentences({
        packages: [pkg('app-1-1.x86_64')],
        modules: [
          module('web:1:1:aa:x86_64', {
            artifacts: ['app-1-1.x86_64'],
            requires: ['db:2'],
          }),
          module('db:2:1:aa:x86_64', { requires: ['perl:5', 'web'] }),
        ],
      }),
    ).toEqual([
      'app-1-1.x86_64 belongs to the module web:1:1:aa:x86_64, which needs the module db:2:1:aa:x86_64, which requires the module perl:5, and that cannot be had.',
      'Module db:2:1:aa:x86_64 requires the module perl:5, which no source and no destination has.',
    ]);
  });
});
