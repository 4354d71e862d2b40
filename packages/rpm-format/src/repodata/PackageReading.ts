import { RepodataError } from '../metadata';
import { RpmFile } from '../package';
import { XmlAttributes } from '../xml';
import { PackageEntry, PackageMetadataKind } from './PackageEntry';
import { readNumber } from './readNumber';

// Limits for hostile input, per package. Kernels provide some 30,000 symbols, and the largest
// packages own some 200,000 files.
const MAX_RELATIONS = 200_000;
const MAX_FILES = 1_000_000;
const MAX_CHANGELOGS = 100_000;

/**
 * Parts of names and paths elsewhere: no separators, blanks or control characters, and no longer
 * than a file name may be.
 */
const SAFE_TOKEN = /^[^\s/\p{Cc}]{1,255}$/u;
const DIGEST = /^[0-9a-fA-F]{32,128}$/;

const LABELS: Record<keyof PackageEntry, string> = {
  name: 'name',
  arch: 'architecture',
  version: 'version',
  release: 'release',
  epoch: 'epoch',
  pkgId: 'checksum',
};

/** What the three readers keep while reading: the file's announced count and the present package. */
export class PackageReading<E extends PackageEntry> {
  readonly #kind: PackageMetadataKind;
  readonly #emit: (entry: E) => void;
  #announced: number | undefined;
  #count = 0;
  #relations = 0;
  /** The package being read. */
  entry: E;

  constructor(
    kind: PackageMetadataKind,
    emit: (entry: E) => void,
    emptyEntry: E,
  ) {
    this.#kind = kind;
    this.#emit = emit;
    this.entry = emptyEntry;
  }

  /** Takes the number of packages that the root element announces. */
  announce({ packages }: XmlAttributes): void {
    this.#announced = readNumber(this.#kind, 'the package count', packages);
  }

  begin(emptyEntry: E): void {
    this.entry = emptyEntry;
    this.#count++;
    this.#relations = 0;
  }

  setVersion({ epoch, ver, rel }: XmlAttributes): void {
    this.entry.epoch = epoch || '0';
    this.entry.version = ver ?? '';
    this.entry.release = rel ?? '';
  }

  /** Adds a file; a path without a name says nothing and is left out. */
  addFile(files: RpmFile[], text: string, { type }: XmlAttributes): void {
    this.#limit(files.length, MAX_FILES, 'files');
    const path = normalisePath(text);
    if (path !== '') {
      files.push({
        type: type === 'dir' || type === 'ghost' ? type : 'file',
        path,
      });
    }
  }

  countRelation(): void {
    this.#limit(this.#relations++, MAX_RELATIONS, 'relations');
  }

  limitChangelogs(count: number): void {
    this.#limit(count, MAX_CHANGELOGS, 'change log entries');
  }

  /** A number of the present package; 0 when it is absent. */
  number(what: string, text: string | undefined): number {
    return text === undefined
      ? 0
      : readNumber(this.#kind, `for ${this.#describe()} the ${what}`, text) ??
          0;
  }

  /** Makes sure that the package says what it is. */
  checkIdentity(): void {
    this.#check('name', SAFE_TOKEN);
    this.#check('arch', SAFE_TOKEN);
    this.#check('version', SAFE_TOKEN);
    this.#check('release', SAFE_TOKEN);
    this.#check('epoch', /^\d{1,10}$/);
    this.#check('pkgId', DIGEST);
  }

  /** Passes the package on. */
  finish(): void {
    this.#emit(this.entry);
  }

  /** Compares the packages read with those announced, which tells of a file cut at a package. */
  end(): void {
    if (this.#announced !== undefined && this.#announced !== this.#count) {
      throw new RepodataError(
        this.#kind,
        `announces ${this.#announced} packages but has ${this.#count}`,
      );
    }
  }

  fail(problem: string): never {
    throw new RepodataError(this.#kind, `has ${this.#describe()} ${problem}`);
  }

  #limit(count: number, maximum: number, what: string): void {
    if (count >= maximum) {
      this.fail(`with more than ${maximum} ${what}`);
    }
  }

  #check(field: keyof PackageEntry, pattern: RegExp): void {
    const value = this.entry[field];
    if (value === '') {
      this.fail(`without ${LABELS[field]}`);
    }
    if (!pattern.test(value)) {
      this.fail(`with the impossible ${LABELS[field]} "${value.slice(0, 80)}"`);
    }
  }

  #describe(): string {
    const name = this.entry.name.slice(0, 80);
    return name ? `package ${this.#count} (${name})` : `package ${this.#count}`;
  }
}

/** File dependencies are compared as text, so that a path needs one spelling. */
function normalisePath(path: string): string {
  const single = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
  return single.length > 1 && single.endsWith('/')
    ? single.slice(0, -1)
    : single;
}
