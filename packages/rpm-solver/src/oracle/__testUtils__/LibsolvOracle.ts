import { formatNevra } from '@rpmportal/rpm-format';
import { spawn, spawnSync, type ChildProcess } from 'child_process';
import { join } from 'path';
import { createInterface } from 'readline';
import type { ModuleRecord, PackageRecord } from '../../pool/records';

const PYTHON = '/usr/bin/python3';
const SCRIPT = join(__dirname, 'libsolv.py');

/** What libsolv is asked: all items, packages before modules, and for which sets of them. */
export interface LibsolvQuestion {
  architecture: string;
  packages: readonly PackageRecord[];
  modules: readonly ModuleRecord[];
  /** Units that are there, by set. */
  sets: readonly (readonly number[])[];
  /** Units that are to be installed, each by itself. */
  ask: readonly number[];
}

/** libsolv (C), by its Python bindings, as the one who knows what can be installed. */
export class LibsolvOracle {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #errors = '';

  constructor() {
    this.#process = spawn(PYTHON, [SCRIPT], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process.stderr!.on('data', data => {
      this.#errors += data;
    });
    this.#answers = createInterface({ input: this.#process.stdout! })[
      Symbol.asyncIterator
    ]();
  }

  static isAvailable(): boolean {
    return spawnSync(PYTHON, ['-c', 'import solv']).status === 0;
  }

  /** @returns by set and by asked unit, whether it can be installed; false where it is not there */
  async ask(question: LibsolvQuestion): Promise<boolean[][]> {
    const { packages, modules } = question;
    const items = new Map(
      [...packages, ...modules].map(({ unit }, item) => [unit, item]),
    );
    const itemsOf = (units: readonly number[]) =>
      units.flatMap(unit => items.get(unit) ?? []);
    this.#process.stdin!.write(
      `${JSON.stringify({
        architecture: question.architecture,
        packages,
        modules: modules.map(module => ({
          ...module,
          artifacts: packages.flatMap((record, item) =>
            module.artifacts.includes(formatNevra(record)) ? [item] : [],
          ),
        })),
        sets: question.sets.map(itemsOf),
        ask: itemsOf(question.ask),
      })}\n`,
    );
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`libsolv has ended: ${this.#errors}`);
    return JSON.parse(value);
  }

  stop(): void {
    this.#process.kill();
  }
}
