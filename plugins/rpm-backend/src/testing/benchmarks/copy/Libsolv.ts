import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parseRepomd } from '@rpmportal/rpm-format';
import { spawn, spawnSync } from 'child_process';
import { readFile } from 'fs/promises';
import { join } from 'path';
import { text } from 'stream/consumers';
import { summarize, round, type Summary } from '../statistics';

const PYTHON = '/usr/bin/python3';
const SCRIPT = resolvePackagePath(
  '@rpmportal/backstage-plugin-rpm-backend',
  'src/testing/benchmarks/copy/libsolv.py',
);
const ARCHITECTURE = 'x86_64';

/** What libsolv needed for a plan, in milliseconds. */
export interface PeerFigures {
  /** Units that were asked for. */
  units: number;
  /** Reading the metadata, preparing and solving, in a process of its own. */
  cold: number;
  /** Reading alone, out of that. */
  load: number;
  /** Preparing and solving with what was read before. */
  warm: Summary;
  /** Solving alone, out of that. */
  solve: Summary;
  added: number;
  problems: number;
  peakMemoryMB: number;
}

interface Answer {
  packages: number;
  load: number;
  prepare: number;
  solve: number;
  plans: {
    runs: { prepare: number; solve: number }[];
    problems: number;
    added: number;
  }[];
  peakMemoryKB: number;
}

/** Folders with metadata. */
export interface PeerWorld {
  source: string;
  destinations: readonly string[];
}

/** @returns undefined when libsolv's Python bindings are not installed */
export function libsolvVersion(): string | undefined {
  if (spawnSync(PYTHON, ['-c', 'import solv']).status !== 0) return undefined;
  const asked = spawnSync(
    'dpkg-query',
    ['--show', '--showformat', '${Version}', 'python3-solv'],
    { encoding: 'utf8' },
  );
  return asked.stdout || 'unknown';
}

/**
 * Has libsolv plan a copy, first of all and then again.
 *
 * @param names - of the requested packages, `name-[epoch:]version-release.arch`
 */
export async function askLibsolv(
  { source, destinations }: PeerWorld,
  names: readonly string[],
  runs: number,
): Promise<PeerFigures> {
  const answer = await ask({
    architecture: ARCHITECTURE,
    source: [await filesOf(source)],
    destination: await Promise.all(destinations.map(filesOf)),
    requests: [names],
    runs,
  });
  const [plan] = answer.plans;
  return {
    units: names.length,
    cold: round(answer.load + answer.prepare + answer.solve, 0),
    load: round(answer.load, 0),
    warm: summarize(plan.runs.map(({ prepare, solve }) => prepare + solve)),
    solve: summarize(plan.runs.map(({ solve }) => solve)),
    added: plan.added,
    problems: plan.problems,
    peakMemoryMB: round((answer.peakMemoryKB * 1024) / 1_000_000, 0),
  };
}

async function ask(question: object): Promise<Answer> {
  const child = spawn(PYTHON, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(question));
  const answer = await text(child.stdout);
  if (!answer) throw new Error('libsolv gave no answer.');
  return JSON.parse(answer);
}

async function filesOf(folder: string) {
  const { records } = parseRepomd(
    await readFile(join(folder, 'repodata/repomd.xml')),
  );
  const fileOf = (wanted: string) =>
    join(folder, records.find(({ type }) => type === wanted)!.locationHref);
  return { primary: fileOf('primary'), filelists: fileOf('filelists') };
}
