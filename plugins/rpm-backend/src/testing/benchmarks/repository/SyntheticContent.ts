import type {
  Advisory,
  CompsUnit,
  ModulemdDocument,
  RpmPackage,
  RpmRelation,
} from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import { testPackage } from '../../packages';
import { randomNumbers } from '../randomNumbers';

/** So many versions there are of each package. */
const VERSIONS = 4;

const WORDS =
  'amber birch cedar delta ember fjord grove heath inlet jetty knoll ledge marsh north ocean prairie quarry ridge steppe tundra upland valley willow yarrow zephyr'.split(
    ' ',
  );

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Units that look like those of a distribution and follow from a seed and their number alone.
 *
 * @remarks
 * Packages of one name have {@link VERSIONS} neighbouring numbers, and sizes as in a small
 * distribution: some hundred characters of text, ten dependencies, ten files.
 */
export class SyntheticContent {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /**
   * @param index - which package
   * @param generation - of the package's release: a later one is newer
   * @param build - another build has the same NEVRA and another checksum
   */
  package(index: number, generation = 1, build = 0): RpmPackage {
    const random = this.#random('package', index);
    const pick = () => WORDS[Math.floor(random() * WORDS.length)];
    const text = (length: number) =>
      Array.from({ length }, () => pick()).join(' ');
    const name = this.#nameOf(index);
    const arch = this.#archOf(index);
    const version = `1.${index % VERSIONS}`;
    const release = `${generation}.el9`;
    const evr = { epoch: '0', version, release };
    const capability = (of: number): RpmRelation => ({
      name: this.#nameOf(of),
    });
    return testPackage({
      name,
      arch,
      version,
      release,
      summary: text(6),
      description: text(40),
      url: `https://example.com/${name}`,
      packager: 'Example <packager@example.com>',
      vendor: 'Example',
      buildhost: 'builder.example.com',
      sourcerpm: `${name}-${version}-${release}.src.rpm`,
      sizePackage: Math.floor(random() * 5_000_000),
      provides: [
        { name, flags: 'EQ', ...evr },
        { name: `lib${name}.so.${index % VERSIONS}()(64bit)` },
      ],
      requires: Array.from({ length: 8 }, () =>
        capability(Math.floor(random() * (index + VERSIONS))),
      ),
      files: Array.from({ length: 10 }, () => ({
        path: `/usr/share/${name}/${pick()}-${pick()}`,
        type: 'file' as const,
      })),
      changelogs: [
        {
          author: 'Example <packager@example.com> - 1.0-1',
          time: 1_700_000_000,
          text: `- ${text(8)}`,
        },
      ],
      pkgId: sha256(`${this.#seed} ${index} ${generation} ${build}`),
    });
  }

  /** An advisory on five packages. */
  advisory(index: number, revision = 1): Advisory {
    const random = this.#random('advisory', index);
    return {
      id: `EX-2024:${String(index).padStart(5, '0')}`,
      title: `Update ${index}`,
      description: 'An update of some packages. '.repeat(20),
      type: 'security',
      severity: 'Moderate',
      status: 'final',
      issuedDate: '2024-01-01 12:00:00',
      updatedDate: `2024-01-${String(revision).padStart(2, '0')} 12:00:00`,
      rebootSuggested: false,
      references: [],
      pkglist: [
        {
          name: 'collection-0',
          packages: Array.from({ length: 5 }, () => {
            const at = Math.floor(random() * 30_000);
            return {
              name: this.#nameOf(at),
              epoch: '0',
              version: `1.${at % VERSIONS}`,
              release: '1.el9',
              arch: this.#archOf(at),
              rebootSuggested: false,
              restartSuggested: false,
              reloginSuggested: false,
            };
          }),
        },
      ],
    };
  }

  /** A module of ten packages; different modules have different ones. */
  modulemd(index: number): ModulemdDocument {
    const artifacts = Array.from({ length: 10 }, (_, at) => {
      const of = index * 100 + at * VERSIONS;
      return `${this.#nameOf(of)}-0:1.${of % VERSIONS}-1.el9.${this.#archOf(
        of,
      )}`;
    });
    return {
      kind: 'modulemd',
      snippet: `# module ${index}\n${artifacts.join('\n')}\n`,
      digest: sha256(`module ${this.#seed} ${index}`),
      name: `module-${index}`,
      stream: 'main',
      version: '20240101000000',
      context: 'c0ffee42',
      arch: 'x86_64',
      summary: '',
      description: '',
      licenses: ['MIT'],
      artifacts,
      dependencies: [],
      profiles: {},
    };
  }

  /** A group of twenty packages. */
  group(index: number): CompsUnit {
    return {
      kind: 'group',
      id: `group-${index}`,
      name: `Group ${index}`,
      description: '',
      nameByLang: {},
      descByLang: {},
      displayOrder: index,
      default: false,
      userVisible: true,
      biarchOnly: false,
      packages: Array.from({ length: 20 }, (_, at) => ({
        name: this.#nameOf(index * 200 + at * VERSIONS),
        type: 'default' as const,
        baseArchOnly: false,
      })),
    };
  }

  #random(kind: string, index: number): () => number {
    return randomNumbers(
      parseInt(sha256(`${kind} ${this.#seed} ${index}`).slice(0, 8), 16),
    );
  }

  #nameOf(index: number): string {
    const family = Math.floor(index / VERSIONS);
    const word = WORDS[family % WORDS.length];
    return `${word}-${String(family).padStart(6, '0')}`;
  }

  #archOf(index: number): string {
    const family = Math.floor(index / VERSIONS);
    return family % 4 === 3 ? 'noarch' : 'x86_64';
  }
}
