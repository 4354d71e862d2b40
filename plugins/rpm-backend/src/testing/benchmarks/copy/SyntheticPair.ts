import type { RpmPackage, RpmRelation } from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import { testPackage } from '../../packages';
import { randomNumbers } from '../randomNumbers';
import type { RepositoryContent } from './writeMetadata';

/** How large the repositories of {@link SyntheticPair} are; those of the design's budget by default. */
export interface PairSizes {
  /** Names that the destination holds three releases of each. */
  heldNames: number;
  /** Names that the source holds two releases of each; the first ones are those that are held. */
  names: number;
  modules: number;
}

/** A source of 30,000 packages with 736 modules, and a destination of 22,500. */
export const FULL_SIZE: PairSizes = {
  heldNames: 7_500,
  names: 7_640,
  modules: 184,
};

const HELD_RELEASES = [1, 2, 3];
const NEW_RELEASES = [4, 5];
/**
 * The library of one in so many names has another soname in the source, apart from the first names: what
 * everything needs changes between distributions, not between neighbouring versions of one.
 */
const CHANGED_LIBRARIES = 8;
const STABLE_NAMES = 400;
const STREAMS = 4;
const ARTIFACTS = 20;
const FILES = 12;

/** What two packages of a name differ in. */
interface Build {
  name: string;
  arch: string;
  version: string;
  release: string;
}

/**
 * A repository as it was, and its successor with newer releases of everything and with modules: what
 * is copied from one to the other needs some of what is new, and what that needs. Follows from a seed.
 *
 * @remarks
 * Packages require libraries by soname, other packages by name and version, and programs by path, a few
 * of them with a rich dependency; all requirements lead to names with lower numbers, most of them to
 * the lowest, as in a distribution.
 */
export class SyntheticPair {
  readonly #seed: number;
  readonly #sizes: PairSizes;

  constructor(seed: number, sizes: PairSizes) {
    this.#seed = seed;
    this.#sizes = sizes;
  }

  destination(): RepositoryContent {
    const { heldNames } = this.#sizes;
    return {
      count: heldNames * HELD_RELEASES.length,
      packages: () => this.#plainPackages(heldNames, HELD_RELEASES),
      modules: [],
    };
  }

  source(): RepositoryContent {
    const { names, modules } = this.#sizes;
    const numbers = Array.from({ length: modules }, (_, module) => module);
    return {
      count: names * NEW_RELEASES.length + modules * STREAMS * ARTIFACTS,
      packages: () => this.#sourcePackages(names, numbers),
      modules: numbers.flatMap(module => this.#documents(module)),
    };
  }

  *#sourcePackages(
    names: number,
    modules: readonly number[],
  ): Generator<RpmPackage> {
    yield* this.#plainPackages(names, NEW_RELEASES);
    for (const module of modules) yield* this.#artifacts(module);
  }

  *#plainPackages(
    names: number,
    releases: readonly number[],
  ): Generator<RpmPackage> {
    for (let number = 0; number < names; number++) {
      for (const generation of releases) {
        const build = buildOf(number, generation);
        const random = this.#random(build.name);
        yield this.#package(build, soname(number, generation), [
          ...this.#requirements(random, number, generation),
          ...(number % 4 === 1
            ? [equalTo(buildOf(number - 1, generation))]
            : []),
        ]);
      }
    }
  }

  *#artifacts(module: number): Generator<RpmPackage> {
    const { heldNames } = this.#sizes;
    for (let stream = 1; stream <= STREAMS; stream++) {
      for (let number = 0; number < ARTIFACTS; number++) {
        const build = artifactOf(module, stream, number);
        const random = this.#random(build.name);
        yield this.#package(build, stream, [
          ...this.#requirements(random, heldNames, NEW_RELEASES[0]),
          ...(number > 0 ? [equalTo(artifactOf(module, stream, 0))] : []),
        ]);
      }
    }
  }

  #requirements(
    random: () => number,
    number: number,
    generation: number,
  ): RpmRelation[] {
    const lower = () => Math.floor(random() ** 4 * number);
    const [a, b, c, d, e, f, g] = Array.from({ length: 7 }, lower);
    const library = (of: number) => ({
      name: libraryOf(nameOf(of), soname(of, generation)),
    });
    const { version } = buildOf(e, random() < 0.05 ? generation : 1);
    return [
      { name: 'rpmlib(CompressedFileNames)', flags: 'LE', version: '3.0.4' },
      ...(number > 0
        ? [
            library(0),
            library(a),
            library(b),
            library(c),
            library(d),
            { name: nameOf(e), flags: 'GE', epoch: '0', version } as const,
            { name: `/usr/bin/${nameOf(f)}` },
            ...(random() < 0.05
              ? [{ name: `(${nameOf(g)} if ${nameOf(a)})` }]
              : []),
          ]
        : []),
    ];
  }

  #package(build: Build, number: number, requires: RpmRelation[]): RpmPackage {
    const { name, version, release } = build;
    const evr = { epoch: '0', version, release };
    return testPackage({
      ...build,
      summary: `What ${name} is for`,
      description: `${name} does what its summary says. `.repeat(8),
      pkgId: sha256(`${this.#seed} ${name} ${version}-${release}`),
      sourcerpm: `${name}-${version}-${release}.src.rpm`,
      provides: [
        { name, flags: 'EQ', ...evr },
        { name: `${name}(x86-64)`, flags: 'EQ', ...evr },
        { name: `pkgconfig(${name})`, flags: 'EQ', version },
        { name: libraryOf(name, number) },
      ],
      requires,
      files: [
        { type: 'dir', path: `/usr/share/${name}` },
        { type: 'file', path: `/usr/bin/${name}` },
        { type: 'file', path: `/etc/${name}.conf` },
        { type: 'file', path: `/usr/lib64/lib${name}.so.${number}` },
        ...Array.from({ length: FILES }, (_, file) => ({
          type: 'file' as const,
          path: `/usr/share/${name}/part-${file}`,
        })),
      ],
    });
  }

  /** The streams of a module, the last of which is the default. */
  #documents(module: number): string[] {
    const name = `module-${module}`;
    const needed = module % 8 === 7 ? [`      module-${module - 1}: []`] : [];
    const streams = Array.from({ length: STREAMS }, (_, index) => index + 1);
    return [
      ...streams.map(stream =>
        [
          '---',
          'document: modulemd',
          'version: 2',
          'data:',
          `  name: ${name}`,
          `  stream: "${stream}.0"`,
          '  version: 20240101000000',
          '  context: c0ffee42',
          '  arch: x86_64',
          `  summary: Stream ${stream} of ${name}`,
          `  description: Stream ${stream} of ${name}`,
          '  license:',
          '    module:',
          '    - MIT',
          '  dependencies:',
          '  - requires:',
          '      platform: [el9]',
          ...needed,
          '  artifacts:',
          '    rpms:',
          ...Array.from({ length: ARTIFACTS }, (_, number) => {
            const { release, ...artifact } = artifactOf(module, stream, number);
            return `    - ${artifact.name}-0:${artifact.version}-${release}.${artifact.arch}`;
          }),
          '...',
        ].join('\n'),
      ),
      [
        '---',
        'document: modulemd-defaults',
        'version: 1',
        'data:',
        `  module: ${name}`,
        `  stream: "${STREAMS}.0"`,
        '...',
      ].join('\n'),
    ];
  }

  #random(text: string): () => number {
    return randomNumbers(
      parseInt(sha256(`${this.#seed} ${text}`).slice(0, 8), 16),
    );
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function nameOf(number: number): string {
  return `unit-${String(number).padStart(5, '0')}`;
}

function buildOf(number: number, generation: number): Build {
  return {
    name: nameOf(number),
    arch: number % 8 === 3 ? 'noarch' : 'x86_64',
    version: `${1 + Math.floor(generation / 3)}.${generation % 3}`,
    release: `${generation}.el9`,
  };
}

function artifactOf(module: number, stream: number, number: number): Build {
  return {
    name: `part-${module}-${number}`,
    arch: 'x86_64',
    version: `${stream}.0`,
    release: `1.module_el9+${module * STREAMS + stream}`,
  };
}

function soname(number: number, generation: number): number {
  const isChanged = number >= STABLE_NAMES && number % CHANGED_LIBRARIES === 2;
  return isChanged && generation >= NEW_RELEASES[0] ? 2 : 1;
}

function libraryOf(name: string, number: number): string {
  return `lib${name}.so.${number}()(64bit)`;
}

function equalTo({ name, version, release }: Build): RpmRelation {
  return { name, flags: 'EQ', epoch: '0', version, release };
}
