import { mockServices } from '@backstage/backend-test-utils';
import { TaskError } from '../tasks';
import { ThreadPool } from './ThreadPool';

async function* feed<T>(...values: T[]): AsyncGenerator<T> {
  yield* values;
}

describe('ThreadPool', () => {
  const pools: ThreadPool[] = [];

  function createPool(entry?: string): ThreadPool {
    const logger = mockServices.logger.mock();
    const pool = new ThreadPool({ logger, threads: 1, entry });
    pools.push(pool);
    return pool;
  }

  let pool: ThreadPool;
  beforeAll(() => {
    pool = createPool(require.resolve('./testing/testWorker'));
  });
  afterAll(() => Promise.all(pools.map(each => each.close())));

  it('runs a job that uses a package of the workspace', async () => {
    await expect(pool.run('compare', ['1.10', '1.9'])).resolves.toBe(1);
  });

  it("loads the plugin's own entry file", async () => {
    await expect(createPool().run('no-such-job', {})).rejects.toThrow(
      "There is no job named 'no-such-job'.",
    );
  });

  it("keeps name, message and code of a job's error", async () => {
    await expect(
      pool.run('fail', ['ParseError', 'Line 3 is broken.', 'EPARSE']),
    ).rejects.toMatchObject({
      name: 'ParseError',
      message: 'Line 3 is broken.',
      code: 'EPARSE',
    });
  });

  it('hands on a TaskError as one', async () => {
    const failed = pool.run('fail', ['TaskError', 'No primary.', 'RPM0016']);
    await expect(failed).rejects.toBeInstanceOf(TaskError);
    await expect(failed).rejects.toMatchObject({ code: 'RPM0016' });
  });

  it('waits with the next batch until one has been dealt with', async () => {
    let dealing = 0;
    const seen: number[] = [];
    const output = await pool.run<object, string, never, number>(
      'count',
      { total: 5 },
      {
        onBatch: async batch => {
          dealing += 1;
          expect(dealing).toBe(1);
          await new Promise(resolve => setTimeout(resolve, 5));
          seen.push(batch);
          dealing -= 1;
        },
      },
    );
    expect(output).toBe('counted');
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('ends only after everything emitted has been dealt with', async () => {
    const seen: number[] = [];
    await pool.run<object, void, never, number>(
      'countAhead',
      { total: 3 },
      {
        onBatch: async batch => {
          await new Promise(resolve => setTimeout(resolve, 20));
          seen.push(batch);
        },
      },
    );
    expect(seen).toEqual([1, 2, 3]);
  });

  it('feeds batches in and takes others out', async () => {
    const doubled: number[] = [];
    const sum = await pool.run<null, number, number, number>('double', null, {
      batches: feed(1, 2, 3),
      onBatch: async batch => {
        doubled.push(batch);
      },
    });
    expect(sum).toBe(6);
    expect(doubled).toEqual([2, 4, 6]);
  });

  it('fails with what dealing with a batch failed with', async () => {
    const failure = new TaskError('PLP0000', 'The disk is full.');
    await expect(
      pool.run(
        'count',
        { total: 5 },
        { onBatch: () => Promise.reject(failure) },
      ),
    ).rejects.toBe(failure);
  });

  it('fails with what making a batch failed with, and closes the source', async () => {
    let closed = false;
    async function* broken(): AsyncGenerator<number> {
      try {
        yield 1;
        throw new Error('The database is gone.');
      } finally {
        closed = true;
      }
    }
    await expect(
      pool.run('double', null, { batches: broken() }),
    ).rejects.toThrow('The database is gone.');
    expect(closed).toBe(true);
  });

  it.each(['obey', 'ignore'])(
    'cancels a job that would %s it, and works on',
    async job => {
      const abort = new AbortController();
      const cancelled = pool.run(job, null, {
        signal: abort.signal,
        // After the acknowledgement, when the job spins and hears nothing.
        onBatch: async () => void setTimeout(() => abort.abort(), 50),
      });
      await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
      await expect(pool.run('compare', ['1', '1'])).resolves.toBe(0);
    },
  );

  it('runs what waited behind a job that had to be terminated', async () => {
    const abort = new AbortController();
    const stuck = pool.run('ignore', null, {
      signal: abort.signal,
      onBatch: async () => void setTimeout(() => abort.abort(), 50),
    });
    const waiting = pool.run('compare', ['2', '1']);
    await expect(stuck).rejects.toMatchObject({ name: 'AbortError' });
    await expect(waiting).resolves.toBe(1);
  });

  it('does not start what was cancelled before', async () => {
    await expect(
      pool.run('compare', ['1', '2'], { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('fails the job of a thread that ends, and works on', async () => {
    await expect(pool.run('die', null)).rejects.toThrow();
    await expect(pool.run('compare', ['1', '1'])).resolves.toBe(0);
  });

  it('refuses a job inside the batch of another, which could wait forever', async () => {
    await expect(
      pool.run(
        'count',
        { total: 1 },
        { onBatch: () => pool.run('compare', ['1', '2']) },
      ),
    ).rejects.toThrow("Job 'compare' was started while a batch");
  });

  it('fails a job when its entry file cannot be loaded', async () => {
    const missing = createPool('/no/such/entry.cjs');
    await expect(missing.run('any', null)).rejects.toThrow('entry.cjs');
    await expect(missing.run('any', null)).rejects.toThrow('entry.cjs');
  });

  it('cancels what runs when it is closed', async () => {
    const closing = createPool(require.resolve('./testing/testWorker'));
    const running = closing.run('obey', null, {
      onBatch: () => closing.close(),
    });
    await expect(running).rejects.toThrow();
    await expect(closing.run('compare', ['1', '1'])).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
