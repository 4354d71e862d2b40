import fc from 'fast-check';
import { worlds } from '../../__testUtils__/arbitraries';
import { toRepositories } from '../../__testUtils__/copy';
import { isInstallable } from '../../__testUtils__/naive';
import { module, pkg } from '../../__testUtils__/packages';
import { installsOn } from '../../architecture/architectures';
import { CancelledError } from '../../cancellation';
import { buildPool } from '../../pool/PoolBuilder';
import type { PackageRecord } from '../../pool/records';
import type { InstallabilityRequest } from './report';
import { reportInstallability } from './reportInstallability';

type Repositories = Parameters<typeof toRepositories>[0];

function report(
  repositories: Repositories,
  request: Partial<InstallabilityRequest> = {},
) {
  return reportInstallability(buildPool(toRepositories(repositories)), {
    repository: 'app',
    ...request,
  });
}

/** The sentences about each broken package. */
function sentences(
  repositories: Repositories,
  request: Partial<InstallabilityRequest> = {},
): string[] {
  return report(repositories, request).broken.flatMap(({ problems }) =>
    problems.map(({ sentence }) => sentence),
  );
}

describe('the installability report', () => {
  it('counts what can be installed and names what cannot', () => {
    const { architectures, packageCount, brokenCount, broken } = report({
      app: [
        pkg('a-1-1.x86_64', { requires: ['b', 'nowhere'] }),
        pkg('b-1-1', { requires: ['c'] }),
        pkg('c-1-1', { requires: ['b'] }),
        pkg('d-1-1.src', { requires: ['nowhere'] }),
      ],
    });
    expect({ architectures, packageCount, brokenCount }).toEqual({
      architectures: ['x86_64'],
      packageCount: 3,
      brokenCount: 1,
    });
    expect(broken).toEqual([
      {
        unit: expect.any(Number),
        label: 'a-1-1.x86_64',
        architecture: 'x86_64',
        problemCount: 1,
        problems: [
          {
            requirement: 'nowhere',
            problem: 'nothing-provides',
            sentence: 'a-1-1.x86_64 requires nowhere, which nothing provides.',
          },
        ],
      },
    ]);
  });

  it('uses contexts, and examines none of their packages', () => {
    const repositories = {
      app: [pkg('a-1-1', { requires: ['lib'] })],
      base: [pkg('lib-1-1'), pkg('z-1-1', { requires: ['nowhere'] })],
    };
    expect(report(repositories).brokenCount).toBe(1);
    expect(report(repositories, { contexts: ['base'] })).toEqual({
      architectures: ['noarch'],
      packageCount: 1,
      brokenCount: 0,
      broken: [],
    });
  });

  it('leads from what a package inherits to what has to be mended', () => {
    expect(
      sentences({
        app: [
          pkg('a-1-1', { requires: ['b'] }),
          pkg('b-1-1', { requires: ['c'] }),
          pkg('c-1-1', { requires: ['d', 'b'] }),
          pkg('d-1-1', { requires: ['lib >= 2'] }),
          pkg('lib-1-1'),
        ],
      }),
    ).toEqual([
      'a-1-1.noarch requires b, but b-1-1.noarch cannot be installed itself: in the end d-1-1.noarch requires lib >= 2, for which there is only lib-1-1.noarch (lib = 1-1).',
      'b-1-1.noarch requires c, but c-1-1.noarch cannot be installed itself: in the end d-1-1.noarch requires lib >= 2, for which there is only lib-1-1.noarch (lib = 1-1).',
      'c-1-1.noarch requires b, but b-1-1.noarch cannot be installed itself: in the end d-1-1.noarch requires lib >= 2, for which there is only lib-1-1.noarch (lib = 1-1).',
      'c-1-1.noarch requires d, but d-1-1.noarch cannot be installed itself: it requires lib >= 2, for which there is only lib-1-1.noarch (lib = 1-1).',
      'd-1-1.noarch requires lib >= 2, for which there is only lib-1-1.noarch (lib = 1-1).',
    ]);
  });

  it('tells what cannot be had together', () => {
    expect(
      sentences({
        app: [
          pkg('a-1-1', { requires: ['front', 'back', 'lib'] }),
          pkg('front-1-1', { requires: ['lib = 1'] }),
          pkg('back-1-1', { requires: ['lib = 2'] }),
          pkg('lib-1-1'),
          pkg('lib-2-1'),
          pkg('needy-1-1', { requires: ['a'] }),
          pkg('same-1-1', { requires: ['same = 2'] }),
          pkg('same-2-1'),
        ],
      }),
    ).toEqual([
      'a-1-1.noarch requires back and front, which cannot be had together.',
      'needy-1-1.noarch requires a, but a-1-1.noarch cannot be installed itself: it requires back and front, which cannot be had together.',
      'same-1-1.noarch requires same = 2, but only same-2-1.noarch provides it, which cannot be installed along with it.',
    ]);
  });

  it('tells of packages that need each other and exclude each other elsewhere', () => {
    expect(
      sentences({
        app: [
          pkg('a-1-1', { requires: ['b', 'c = 1'] }),
          pkg('b-1-1', { requires: ['a', 'c = 2'] }),
          pkg('c-1-1'),
          pkg('c-2-1'),
        ],
      }),
    ).toEqual([
      'a-1-1.noarch requires b and c = 1, which cannot be had together.',
      'b-1-1.noarch requires a and c = 2, which cannot be had together.',
    ]);
  });

  it('names what comes nearest: other versions, builds, streams and libraries', () => {
    expect(
      sentences(
        {
          app: {
            packages: [
              pkg('a-1-1.x86_64', {
                requires: [
                  'js >= 14',
                  'lib',
                  'libold.so.3()(64bit)',
                  'libc.so.6(GLIBC_2.38)(64bit)',
                  '(lib and py = 3)',
                ],
              }),
              pkg('js-10-1.x86_64'),
              pkg('js-12-1.x86_64'),
              pkg('lib-1-1.aarch64'),
              pkg('old-1-1.x86_64', { provides: ['libold.so.2()(64bit)'] }),
              pkg('glibc-2.34-1.x86_64', { provides: ['libc.so.6()(64bit)'] }),
              pkg('py-2-1.x86_64'),
            ],
            modules: [
              module('node:12:1:aa:x86_64', { artifacts: ['js-12-1.x86_64'] }),
            ],
          },
        },
        { architectures: ['x86_64'] },
      ),
    ).toEqual([
      'a-1-1.x86_64 requires (lib and py = 3), for which there is only py-2-1.x86_64 (py = 2-1), lib-1-1.aarch64 (lib = 1-1).',
      'a-1-1.x86_64 requires js >= 14, for which there is only js-12-1.x86_64 (js = 12-1, of the module node:12), js-10-1.x86_64 (js = 10-1).',
      'a-1-1.x86_64 requires lib, for which there is only lib-1-1.aarch64 (lib = 1-1).',
      'a-1-1.x86_64 requires libc.so.6(GLIBC_2.38)(64bit), for which there is only glibc-2.34-1.x86_64 (libc.so.6()(64bit)).',
      'a-1-1.x86_64 requires libold.so.3()(64bit), for which there is only old-1-1.x86_64 (libold.so.2()(64bit)).',
    ]);
  });

  it('tells of module streams that are missing or exclude each other', () => {
    expect(
      sentences({
        app: {
          packages: [
            pkg('both-1-1', { requires: ['js = 10', 'tool'] }),
            pkg('js-10-1'),
            pkg('lost-1-1'),
            pkg('far-1-1'),
            pkg('tool-1-1'),
          ],
          modules: [
            module('node:10:1:aa:noarch', { artifacts: ['js-10-1'] }),
            module('node:12:1:aa:noarch', { artifacts: ['tool-1-1'] }),
            module('lost:1:1:aa:noarch', {
              artifacts: ['lost-1-1'],
              requires: ['perl:5.30,5.32'],
            }),
            module('far:1:1:aa:noarch', {
              artifacts: ['far-1-1'],
              requires: ['lost:1'],
            }),
          ],
        },
      }),
    ).toEqual([
      'both-1-1.noarch requires js = 10 and tool, which cannot be had together: they need the module streams node:10 and node:12, of which only one can be enabled.',
      'far-1-1.noarch belongs to the module far:1:1:aa:noarch, which needs the module lost:1:1:aa:noarch, which requires the module perl:[5.30,5.32], and that cannot be had.',
      'lost-1-1.noarch belongs to the module lost:1:1:aa:noarch, which requires the module perl:[5.30,5.32], and that cannot be had.',
    ]);
  });

  it('judges for each machine that the version serves', () => {
    const { architectures, packageCount, brokenCount, broken } = report({
      app: [
        pkg('a-1-1', { requires: ['lib'] }),
        pkg('b-1-1', { requires: ['nowhere'] }),
        pkg('lib-1-1.x86_64'),
        pkg('tool-1-1.aarch64'),
        pkg('tool-1-1.i686'),
      ],
    });
    expect({ architectures, packageCount, brokenCount }).toEqual({
      architectures: ['aarch64', 'x86_64'],
      packageCount: 5,
      brokenCount: 2,
    });
    expect(
      broken.map(({ label, architecture, problems: [{ sentence }] }) => [
        label,
        architecture,
        sentence,
      ]),
    ).toEqual([
      [
        'a-1-1.noarch',
        'aarch64',
        'a-1-1.noarch requires lib, for which there is only lib-1-1.x86_64 (lib = 1-1).',
      ],
      [
        'b-1-1.noarch',
        'aarch64',
        'b-1-1.noarch requires nowhere, which nothing provides.',
      ],
      [
        'b-1-1.noarch',
        'x86_64',
        'b-1-1.noarch requires nowhere, which nothing provides.',
      ],
    ]);
  });

  it('judges only for the machines that are named', () => {
    const repositories = {
      app: [pkg('a-1-1', { requires: ['lib'] }), pkg('lib-1-1.x86_64')],
    };
    expect(report(repositories, { architectures: ['x86_64'] })).toEqual({
      architectures: ['x86_64'],
      packageCount: 2,
      brokenCount: 0,
      broken: [],
    });
    expect(
      report(repositories, { architectures: ['s390x', 's390x'] }),
    ).toMatchObject({
      architectures: ['s390x'],
      packageCount: 1,
      brokenCount: 1,
    });
  });

  it('tells the first problems and counts all', () => {
    const requires = Array.from({ length: 30 }, (_, i) => `nowhere${i + 10}`);
    const [{ problems, problemCount }] = report({
      app: [pkg('a-1-1', { requires })],
    }).broken;
    expect(problemCount).toBe(30);
    expect(problems.map(({ requirement }) => requirement)).toEqual(
      requires.slice(0, 10),
    );
  });

  it('searches for what excludes each other only so often', () => {
    const packages = [
      pkg('one-1-1', { requires: ['lib = 1'] }),
      pkg('lib-1-1'),
      pkg('lib-2-1'),
    ];
    for (let i = 10_000; i < 11_001; i++) {
      packages.push(pkg(`p${i}-1-1`, { requires: ['lib = 2', 'one'] }));
    }
    const all = sentences({ app: packages });
    expect(all[999]).toBe(
      'p10999-1-1.noarch requires lib = 2 and one, which cannot be had together.',
    );
    expect(all.slice(1_000)).toEqual([
      'p11000-1-1.noarch requires what cannot be had together.',
    ]);
  });

  it('stops when asked to, at any look', () => {
    const packages = Array.from({ length: 20 }, (_, i) =>
      pkg(`p${i}-1-1`, { requires: [`p${i + 1}`] }),
    );
    const looksUntil = (last: number) => {
      let looks = 0;
      const shouldCancel = () => {
        looks += 1;
        return looks === last;
      };
      try {
        report({ app: packages }, { shouldCancel });
      } catch (error) {
        expect(error).toBeInstanceOf(CancelledError);
      }
      return looks;
    };
    const all = looksUntil(Infinity);
    expect(all).toBeGreaterThan(8);
    for (let last = 1; last <= all; last++) expect(looksUntil(last)).toBe(last);
  });

  it('agrees with trying every set of packages, in whichever order they come', () => {
    fc.assert(
      fc.property(
        worlds(1, { conditions: true, packages: 9 }),
        ({ universe }) => {
          const machine = 'x86_64';
          const taken = universe.filter(({ arch }) =>
            installsOn(machine, arch),
          );
          const judge = (packages: PackageRecord[]) =>
            report({ app: packages }, { architectures: [machine] });
          const found = judge(universe);
          expect(judge([...universe].reverse())).toEqual(found);
          expect(new Set(found.broken.map(({ unit }) => unit))).toEqual(
            new Set(
              taken
                .filter(one => !isInstallable(one, taken))
                .map(({ unit }) => unit),
            ),
          );
          for (const { problems } of found.broken) {
            expect(problems).not.toEqual([]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
