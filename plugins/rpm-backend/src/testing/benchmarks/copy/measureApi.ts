import type { Replica } from '../../replica/Replica';
import { quantile, round } from '../statistics';
import type { CopyScene } from './CopyScene';

/** The task is cancelled when it has not ended by then. */
const PATIENCE_MILLISECONDS = 45_000;
const PAUSE_MILLISECONDS = 10;
const REQUESTS_IDLE = 200;

/** How long requests took while a plan of a whole repository was made, in milliseconds. */
export interface ApiFigures {
  world: string;
  packages: number;
  requests: number;
  p50: number;
  p99: number;
  /** The same requests before, with nothing else to do. */
  idle: { p50: number; p99: number };
  /** The most processor time for which the backend could answer nobody. */
  longestPause: number;
  /** Of the task; its end is not waited for beyond {@link PATIENCE_MILLISECONDS}. */
  planMilliseconds: number;
  planCompleted: boolean;
}

/** Asks for pages, one after the other, while everything in a source is planned into an empty repository. */
export async function measureApi(
  replica: Replica,
  scene: CopyScene,
): Promise<ApiFigures> {
  const idle: number[] = [];
  while (idle.length < REQUESTS_IDLE)
    idle.push(...(await readAll(replica, scene)));

  await replica.usage();
  const times: number[] = [];
  const href = await scene.previewWhole(replica);
  const end = Date.now() + PATIENCE_MILLISECONDS;
  let task = await replica.call('GET', href);
  while (!task.finished_at) {
    if (Date.now() > end && task.state === 'running') {
      await replica.call('PATCH', href, { state: 'canceled' });
    }
    times.push(...(await readAll(replica, scene)));
    task = await replica.call('GET', href);
  }
  const { longestPause } = await replica.usage();
  return {
    world: scene.name,
    packages: scene.counts.source,
    requests: times.length,
    ...shares(times),
    idle: shares(idle),
    longestPause: round(longestPause, 0),
    planMilliseconds:
      Date.parse(task.finished_at) - Date.parse(task.started_at),
    planCompleted: task.state === 'completed',
  };
}

async function readAll(replica: Replica, scene: CopyScene): Promise<number[]> {
  const times: number[] = [];
  for (const path of scene.reads()) {
    const start = performance.now();
    await replica.call('GET', path);
    times.push(performance.now() - start);
    await new Promise(resolve => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
  return times;
}

function shares(times: number[]): { p50: number; p99: number } {
  const ascending = [...times].sort((a, b) => a - b);
  return {
    p50: round(quantile(ascending, 0.5), 1),
    p99: round(quantile(ascending, 0.99), 1),
  };
}
