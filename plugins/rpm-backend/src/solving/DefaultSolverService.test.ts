import type { TaskContext } from '../tasks/types';
import type { WorkerPool } from '../workers';
import { DefaultSolverService } from './DefaultSolverService';
import type { ProvidedImage } from './SolverImages';
import { NO_UNITS } from './unitSets';

/** Threads that work until they are told to stop. */
const threads = {
  run: (_name: string, _input: unknown, { signal }: { signal: AbortSignal }) =>
    new Promise<never>((_, reject) => {
      const stop = () =>
        reject(Object.assign(new Error('stopped'), { name: 'AbortError' }));
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop);
    }),
} as unknown as WorkerPool;

const provided: ProvidedImage = {
  image: {
    id: 'image',
    bytes: new Uint8Array(),
    units: NO_UNITS,
    asOf: '',
    corrected: new Set(),
  },
  memberships: [],
};
const progress = { setTotal() {}, advance() {}, finish() {} };

function solve(patience: number | undefined, signal: AbortSignal) {
  const context = { signal, progress: () => progress } as unknown as Pick<
    TaskContext,
    'signal' | 'progress'
  >;
  return new DefaultSolverService({
    threads,
    images: { provide: async () => provided },
    patience,
  }).solveCopy(context, [], {
    entries: [],
    keptMissing: 10,
    allowMissing: [],
  });
}

describe('copies whose dependencies take forever', () => {
  it('fail after a time, and free the thread', async () => {
    await expect(solve(1, new AbortController().signal)).rejects.toMatchObject({
      name: 'TaskError',
      code: 'RPM0014',
    });
  });

  it('end as cancelled when they are', async () => {
    await expect(solve(undefined, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
