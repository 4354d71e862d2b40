import { readdir, readFile } from 'fs/promises';
import { join } from 'path';
import { round } from '../statistics';

const NAMED_FUNCTIONS = 15;
const NOT_WORK = new Set(['(idle)', '(program)', '(root)']);

interface CallFrame {
  functionName: string;
  url: string;
  lineNumber: number;
}

interface Profile {
  nodes: { id: number; callFrame: CallFrame; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
}

/** Where processor time went, without the loading of code. */
export interface ProfileSummary {
  milliseconds: number;
  /** Percent by room, the innermost on the stack: `rpm-solver/closure`. */
  rooms: Record<string, number>;
  /** Percent by function itself. */
  functions: Record<string, number>;
}

/** Puts together the profiles that a replica has written. */
export async function summarizeProfiles(
  folder: string,
): Promise<ProfileSummary> {
  const rooms = new Map<string, number>();
  const functions = new Map<string, number>();
  let sum = 0;
  for (const file of await readdir(folder)) {
    const profile: Profile = JSON.parse(
      await readFile(join(folder, file), 'utf8'),
    );
    const frames = framesOf(profile);
    for (const [index, sample] of profile.samples.entries()) {
      const stack = frames(sample);
      if (NOT_WORK.has(stack[0].functionName) || stack.some(isLoading))
        continue;
      const milliseconds = profile.timeDeltas[index] / 1000;
      sum += milliseconds;
      add(rooms, roomOf(stack), milliseconds);
      add(functions, nameOf(stack[0]), milliseconds);
    }
  }
  return {
    milliseconds: round(sum, 0),
    rooms: percents(rooms, sum),
    functions: percents(functions, sum),
  };
}

/** Tells the stack of a sample, innermost first. */
function framesOf({ nodes }: Profile): (sample: number) => CallFrame[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) =>
      children.map(child => [child, id] as const),
    ),
  );
  return sample => {
    const stack: CallFrame[] = [];
    for (let at: number | undefined = sample; at; at = parents.get(at)) {
      stack.push(frames.get(at)!);
    }
    return stack;
  };
}

function isLoading({ url, functionName }: CallFrame): boolean {
  return url.startsWith('node:internal/modules/') && functionName !== 'runMain';
}

function roomOf(stack: readonly CallFrame[]): string {
  for (const { url, functionName } of stack) {
    const own = /\/(?:packages|plugins)\/([^/]+)\/src\/([^/]+)/.exec(url);
    if (own) return `${own[1]}/${own[2]}`;
    const library = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url);
    if (library) return library[1];
    if (functionName === '(garbage collector)') return functionName;
  }
  return 'Node.js';
}

function nameOf({ functionName, url, lineNumber }: CallFrame): string {
  const file = url.split('/').pop();
  const name = functionName || '(anonymous)';
  return file ? `${name} ${file}:${lineNumber + 1}` : name;
}

function add(to: Map<string, number>, key: string, value: number): void {
  to.set(key, (to.get(key) ?? 0) + value);
}

function percents(
  of: ReadonlyMap<string, number>,
  sum: number,
): Record<string, number> {
  return Object.fromEntries(
    [...of]
      .sort(([, a], [, b]) => b - a)
      .slice(0, NAMED_FUNCTIONS)
      .map(([key, value]) => [key, round((100 * value) / sum, 1)]),
  );
}
