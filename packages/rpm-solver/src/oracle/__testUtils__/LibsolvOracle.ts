import { formatEvr, formatNevra, parseNevra } from '@rpmportal/rpm-format';
import { spawn, spawnSync, type ChildProcess } from 'child_process';
import { join } from 'path';
import { createInterface } from 'readline';
import type { ModuleRecord, PackageRecord } from '../../pool/records';

const PYTHON = '/usr/bin/python3';
const SCRIPT = join(__dirname, 'libsolv.py');

/** What questions are about. */
export interface LibsolvUniverse {
  architecture: string;
  packages: readonly PackageRecord[];
  modules: readonly ModuleRecord[];
  /** Folders with repodata that libsolv reads the packages from by itself, in the same order. */
  folders?: readonly string[];
}

/** Units that are there, and groups of units to be installed together from them. */
export interface LibsolvSet {
  there: Iterable<number>;
  ask: readonly (readonly number[])[];
}

/** libsolv (C), by its Python bindings, as the one who knows what can be installed. */
export class LibsolvOracle {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #items = new Map<number, number>();
  #unsent?: object;
  #errors = '';

  constructor() {
    this.#process = spawn(PYTHON, [SCRIPT], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process.stderr!.on('data', data => {
      this.#errors += data;
    });
    // Who asks learns of its end by the answer that does not come.
    this.#process.stdin!.on('error', () => {});
    this.#answers = createInterface({ input: this.#process.stdout! })[
      Symbol.asyncIterator
    ]();
  }

  static isAvailable(): boolean {
    return spawnSync(PYTHON, ['-c', 'import solv']).status === 0;
  }

  /** What the questions that follow are about. */
  tell({ architecture, packages, modules, folders }: LibsolvUniverse): void {
    this.#items = new Map(
      [...packages, ...modules].map(({ unit }, item) => [unit, item]),
    );
    const byNevra = new Map<string, number[]>();
    packages.forEach((record, item) => {
      const nevra = formatNevra(record);
      byNevra.set(nevra, [...(byNevra.get(nevra) ?? []), item]);
    });
    const itemsOf = (artifact: string) => {
      const nevra = parseNevra(artifact);
      return (nevra && byNevra.get(formatNevra(nevra))) ?? [];
    };
    this.#unsent = {
      architecture,
      ...(folders ? { folders, nevras: packages.map(labelOf) } : { packages }),
      modules: modules.map(module => ({
        ...module,
        artifacts: module.artifacts.flatMap(itemsOf),
      })),
    };
  }

  /** @returns by set and by group, whether it can be installed; false where it is not there */
  async ask(sets: readonly LibsolvSet[]): Promise<boolean[][]> {
    const item = (unit: number) => this.#items.get(unit)!;
    this.#process.stdin!.write(
      `${JSON.stringify({
        universe: this.#unsent,
        sets: sets.map(({ there, ask }) => ({
          items: [...there].map(item),
          ask: ask.map(group => group.map(item)),
        })),
      })}\n`,
    );
    this.#unsent = undefined;
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`libsolv has ended: ${this.#errors}`);
    return JSON.parse(value);
  }

  /** As its library calls itself. */
  static version(): string {
    return spawnSync(
      PYTHON,
      [
        '-c',
        'import ctypes; print((ctypes.c_char * 16).in_dll(ctypes.CDLL("libsolv.so.1"), "solv_version").value.decode())',
      ],
      { encoding: 'utf8' },
    ).stdout.trim();
  }

  stop(): void {
    this.#process.kill();
  }
}

/** A package as libsolv writes it. */
function labelOf(one: PackageRecord): string {
  return `${one.name}-${formatEvr(one)}.${one.arch}`;
}
