import { execFile } from 'child_process';
import { mkdtemp, mkdir, readdir, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';

const run = promisify(execFile);

/** A real dnf with a system of its own: an empty folder, nothing of the machine that it runs on. */
export class DnfClient {
  readonly #folder: string;
  #downloads = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param repoFile - the text of its only `.repo` file */
  static async create(repoFile: string): Promise<DnfClient> {
    const folder = await mkdtemp(join(tmpdir(), 'rpm-dnf-'));
    await mkdir(join(folder, 'repos'));
    await mkdir(join(folder, 'root'));
    await writeFile(join(folder, 'repos', 'test.repo'), repoFile);
    await writeFile(join(folder, 'dnf.conf'), '[main]\n');
    return new DnfClient(folder);
  }

  /** Runs a command; what it prints. Fails with all of that when dnf does. */
  async dnf(...args: string[]): Promise<string> {
    // As options, for dnf looks for files that its configuration names in the new system.
    const settings = Object.entries({
      reposdir: join(this.#folder, 'repos'),
      cachedir: join(this.#folder, 'cache'),
      module_platform_id: 'platform:el9',
      // What fails shall fail at once.
      retries: 1,
      timeout: 20,
    });
    const command = [
      'dnf',
      `--config=${join(this.#folder, 'dnf.conf')}`,
      ...settings.map(([key, value]) => `--setopt=${key}=${value}`),
      `--installroot=${join(this.#folder, 'root')}`,
      '--releasever=9',
      '--forcearch=x86_64',
      // It would add what any dnf on the machine has ever installed.
      '--disableplugin=local',
      '--assumeyes',
      ...args,
    ];
    // Installing changes into the folder, which takes root, or somebody who is so in there.
    const [file, ...rest] =
      process.getuid?.() === 0
        ? command
        : ['unshare', '--map-root-user', ...command];
    try {
      const { stdout } = await run(file, rest, {
        env: { ...process.env, HOME: this.#folder, LC_ALL: 'C.UTF-8' },
        maxBuffer: 16 * 1024 * 1024,
      });
      return stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      throw new Error(`dnf ${args.join(' ')}: ${stdout}\n${stderr}`);
    }
  }

  /** The names of the files that dnf fetches for a package with all that it needs. */
  async download(...packages: string[]): Promise<string[]> {
    this.#downloads += 1;
    const destination = join(this.#folder, `packages-${this.#downloads}`);
    await this.dnf(
      'download',
      '--resolve',
      `--destdir=${destination}`,
      ...packages,
    );
    return (await readdir(destination)).sort();
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
