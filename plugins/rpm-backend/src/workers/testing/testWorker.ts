import { compareRpmVersion } from '@rpmportal/rpm-format';
import { createJobRunner } from '../createJobRunner';
import type { JobContext } from '../types';

class CodedError extends Error {
  override readonly name: string;

  constructor(name: string, message: string, readonly code: string) {
    super(message);
    this.name = name;
  }
}

/** A thread's entry file with jobs that behave in every way a job can. */
export const runJob = createJobRunner({
  async compare([a, b]: [string, string]) {
    return compareRpmVersion(a, b);
  },
  async fail([name, message, code]: [string, string, string]) {
    throw new CodedError(name, message, code);
  },
  async count(input: { total: number }, context: JobContext<never, number>) {
    for (let i = 1; i <= input.total; i++) await context.emit(i);
    return 'counted';
  },
  async countAhead(
    input: { total: number },
    context: JobContext<never, number>,
  ) {
    for (let i = 1; i <= input.total; i++) {
      void context.emit(i);
      await new Promise(setImmediate);
    }
  },
  async double(_: unknown, context: JobContext<number, number>) {
    let sum = 0;
    for await (const batch of context.batches) {
      await context.emit(2 * batch);
      sum += batch;
    }
    return sum;
  },
  async obey(_: unknown, context: JobContext<never, string>) {
    await context.emit('started');
    for (;;) context.checkCancelled();
  },
  async ignore(_: unknown, context: JobContext<never, string>) {
    await context.emit('started');
    for (;;);
  },
  async die() {
    process.exit(7);
  },
});
