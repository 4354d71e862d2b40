import type { Replica } from '../../replica/Replica';
import { round, summarize, type Summary } from '../statistics';

const MEGABYTE = 1_000_000;

/** Figures of one kind of request, in milliseconds and megabytes. */
export interface Measurement {
  what: string;
  /** In the repository. */
  packages: number;
  /** From sending a request to having read the whole answer. */
  request: Summary;
  /** From the start of its task to the end, for requests that queue one. */
  task?: Summary;
  /** Bound of the median of both together. */
  budget?: number;
  kept?: boolean;
  /** The most processor time for which the backend could answer nobody. */
  longestPause: number;
  /** The longest that a timer of the backend had to wait; tells of the whole machine, too. */
  longestDelay: number;
  /** Of the whole process with its threads. */
  peakMemoryMB: number;
}

/** What one run came to. */
interface Sample {
  request: number;
  task?: number;
}

type Recorded = Sample & Awaited<ReturnType<Replica['usage']>>;

/** Sends requests to a running backend and remembers how long they took, by what they are called. */
export class Meter {
  readonly #replica: Replica;
  readonly #packages: number;
  readonly #samples = new Map<string, Recorded[]>();
  readonly #budgets = new Map<string, number>();

  /** @param options - `packages`: in the repositories that are asked for */
  constructor(options: { replica: Replica; packages: number }) {
    this.#replica = options.replica;
    this.#packages = options.packages;
  }

  /** @returns the reply */
  async read(what: string, path: string, budget?: number): Promise<any> {
    return this.#record(what, budget, async () => {
      const { milliseconds, reply } = await this.#send('GET', path);
      return { sample: { request: milliseconds }, value: reply };
    });
  }

  /**
   * Sends a request that queues a task and waits for its end.
   *
   * @returns the task
   * @throws when the task fails
   */
  async run(
    what: string,
    { method = 'POST', path, body = {}, budget }: TaskRequest,
  ): Promise<any> {
    return this.#record(what, budget, async () => {
      const { milliseconds, reply } = await this.#send(method, path, body);
      const ended = await this.#replica.finished(reply.task);
      if (ended.state !== 'completed') {
        throw new Error(`${path}: ${JSON.stringify(ended.error)}`);
      }
      const [start, end] = [ended.started_at, ended.finished_at];
      const task = Date.parse(end) - Date.parse(start);
      return { sample: { request: milliseconds, task }, value: ended };
    });
  }

  /** What all runs come to; the first of several warmed up and does not count for the times. */
  measurements(): Measurement[] {
    return [...this.#samples].map(([what, samples]) => {
      const counted = samples.slice(samples.length > 1 ? 1 : 0);
      const tasks = counted.flatMap(({ task }) => task ?? []);
      const budget = this.#budgets.get(what);
      const whole = summarize(
        counted.map(({ request, task = 0 }) => request + task),
      );
      const most = (figure: keyof Recorded) =>
        Math.max(...samples.map(sample => sample[figure]!));
      return {
        what,
        packages: this.#packages,
        request: summarize(counted.map(({ request }) => request)),
        ...(tasks.length && { task: summarize(tasks) }),
        ...(budget !== undefined && { budget, kept: whole.median <= budget }),
        longestPause: round(most('longestPause'), 0),
        longestDelay: round(most('longestDelay'), 0),
        peakMemoryMB: round(most('peakMemory') / MEGABYTE, 0),
      };
    });
  }

  async #record<T>(
    what: string,
    budget: number | undefined,
    run: () => Promise<{ sample: Sample; value: T }>,
  ): Promise<T> {
    await this.#replica.usage();
    const { sample, value } = await run();
    const recorded = { ...sample, ...(await this.#replica.usage()) };
    this.#samples.set(what, [...(this.#samples.get(what) ?? []), recorded]);
    if (budget !== undefined) this.#budgets.set(what, budget);
    return value;
  }

  async #send(method: string, path: string, body?: object) {
    const start = performance.now();
    const reply = await this.#replica.call(method, path, body);
    return { milliseconds: performance.now() - start, reply };
  }
}

/** A request that queues a task. */
export interface TaskRequest {
  method?: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: object;
  /** Bound of request and task together, in milliseconds. */
  budget?: number;
}
