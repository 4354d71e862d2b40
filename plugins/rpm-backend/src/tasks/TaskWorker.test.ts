import { mockServices } from '@backstage/backend-test-utils';
import { getEventListeners } from 'events';
import type { Knex } from 'knex';
import { Settings } from 'luxon';
import { applyDatabaseMigrations } from '../database/migrations';
import type { DbTaskRow, DbTaskWorkerRow } from '../database/tables';
import { hrefOf } from '../identifiers';
import { createTestDatabases } from '../testing';
import { insertTestRepository } from '../testing/repositories';
import { currentTimestamp } from '../database/time';
import { commitTask, recoverLostTasks } from '../database/operations/tasks';
import { TaskError } from './errors';
import { TaskQueue } from './TaskQueue';
import { TaskWorker } from './TaskWorker';
import type { Reservations, TaskHandler, TaskRecord } from './types';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** A gate that a handler waits at and a test opens. */
function gate() {
  let open!: () => void;
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

/** Waits for something that other code brings about. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(resolve => setTimeout(resolve, 10));
}

/** The task, once it is final. */
async function final(queue: TaskQueue, uuid: string): Promise<TaskRecord> {
  await until(async () => (await queue.get(uuid)).finishedAt !== undefined);
  return queue.get(uuid);
}

/** How many statements wait for a connection or for another transaction. */
async function countWaiting(knex: Knex): Promise<number> {
  if (knex.client.config.client !== 'pg') {
    return knex.client.pool.numPendingAcquires();
  }
  const { rows } = await knex.raw(
    'select count(*) from pg_locks where not granted',
  );
  return Number(rows[0].count);
}

describe.each(databases.eachSupportedId())('tasks on %p', databaseId => {
  let knex: Knex;
  let queue: TaskQueue;
  let handlers: Map<string, TaskHandler>;
  const workers: TaskWorker[] = [];

  async function startWorker(): Promise<TaskWorker> {
    const worker = new TaskWorker({
      knex,
      queue,
      handlers,
      logger: mockServices.logger.mock({
        child: () => mockServices.logger.mock(),
      }),
    });
    workers.push(worker);
    await worker.start();
    return worker;
  }

  const dispatch = (
    name: string,
    reservations: Reservations = {},
    input: unknown = null,
  ) => queue.dispatch({ name, input, reservations, createdBy: 'user:a/b' });

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await applyDatabaseMigrations(knex);
    queue = new TaskQueue({ knex });
    handlers = new Map();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map(worker => worker.stop()));
  });

  it('runs a task and keeps what it reports', async () => {
    const { uuid: made } = await insertTestRepository(knex, databaseId);
    const href = hrefOf('repository', made);
    handlers.set('count', async (context, input) => {
      const progress = context.progress('count.numbers', 'Counting', 3);
      progress.advance(3);
      progress.finish();
      return { createdResources: [href], result: { sum: input.a + 1 } };
    });
    await startWorker();
    const uuid = await dispatch('count', { exclusive: ['prn:x'] }, { a: 1 });
    const task = await final(queue, uuid);
    expect(task).toMatchObject({
      state: 'completed',
      createdBy: 'user:a/b',
      result: { sum: 2 },
      createdResources: [href],
      reservations: ['prn:x'],
      progress: [
        { code: 'count.numbers', total: 3, done: 3, state: 'completed' },
      ],
    });
    expect(task.startedAt! <= task.finishedAt!).toBe(true);
  });

  it('tells failures that are meant for users and hides the rest', async () => {
    handlers.set('bad', async () => {
      throw new TaskError('RPM0016', 'repomd.xml names no primary.');
    });
    handlers.set('broken', async () => {
      throw new Error('password=hush');
    });
    await startWorker();
    const bad = await final(queue, await dispatch('bad'));
    expect(bad.state).toBe('failed');
    expect(bad.error).toMatchObject({
      description: '[RPM0016] repomd.xml names no primary.',
      error_code: 'RPM0016',
    });
    const broken = await final(queue, await dispatch('broken'));
    expect(broken.state).toBe('failed');
    expect(JSON.stringify(broken.error)).not.toContain('hush');
  });

  it('runs writers of one resource in order, readers together, with several workers', async () => {
    const log: string[] = [];
    const hold = gate();
    handlers.set('step', async (_context, input) => {
      log.push(`start ${input}`);
      if (input === 'w1') await hold.opened;
      log.push(`end ${input}`);
    });
    await startWorker();
    await startWorker();
    const uuids = [
      await dispatch('step', { exclusive: ['r'] }, 'w1'),
      await dispatch('step', { shared: ['r'] }, 'r1'),
      await dispatch('step', { shared: ['r'] }, 'r2'),
      await dispatch('step', { exclusive: ['r'] }, 'w2'),
    ];
    const free = await dispatch('step', { exclusive: ['other'] }, 'free');
    await final(queue, free);
    expect(log.filter(line => line.startsWith('start')).sort()).toEqual([
      'start free',
      'start w1',
    ]);
    hold.open();
    for (const uuid of uuids) await final(queue, uuid);
    expect(log.indexOf('end w1')).toBeLessThan(log.indexOf('start r1'));
    expect(log.indexOf('end w1')).toBeLessThan(log.indexOf('start r2'));
    expect(log.indexOf('start w2')).toBeGreaterThan(log.indexOf('end r1'));
    expect(log.indexOf('start w2')).toBeGreaterThan(log.indexOf('end r2'));
  });

  it('never gives one task to two workers', async () => {
    const runs = new Map<number, number>();
    handlers.set('once', async (_context, input) => {
      runs.set(input, (runs.get(input) ?? 0) + 1);
    });
    await Promise.all([startWorker(), startWorker(), startWorker()]);
    const uuids = await Promise.all(
      Array.from({ length: 40 }, (_, index) => dispatch('once', {}, index)),
    );
    for (const uuid of uuids) await final(queue, uuid);
    expect(runs.size).toBe(40);
    expect([...runs.values()].every(count => count === 1)).toBe(true);
  });

  it('cancels what waits at once and what runs soon', async () => {
    const started = gate();
    handlers.set('long', async context => {
      started.open();
      await new Promise((_, reject) =>
        context.signal.addEventListener('abort', () =>
          reject(context.signal.reason),
        ),
      );
    });
    await startWorker();
    const running = await dispatch('long', { exclusive: ['r'] });
    const waiting = await dispatch('long', { exclusive: ['r'] });
    await started.opened;
    expect((await queue.cancel(waiting)).state).toBe('canceled');
    expect((await queue.cancel(running)).state).toBe('canceling');
    expect((await final(queue, running)).state).toBe('canceled');
    await expect(queue.cancel(running)).rejects.toThrow('final state');
  });

  it('lets a task that was cancelled commit nothing', async () => {
    const started = gate();
    const proceed = gate();
    handlers.set('stubborn', async context => {
      started.open();
      await proceed.opened;
      await knex.transaction(async trx => {
        await trx<DbTaskWorkerRow>('task_worker').insert({
          id: 'written by a cancelled task',
          started_at: '9999',
          heartbeat_at: '9999',
        });
        await context.commit(trx, { createdResources: ['/made/'] });
      });
    });
    await startWorker();
    const uuid = await dispatch('stubborn');
    await started.opened;
    await queue.cancel(uuid);
    proceed.open();
    const task = await final(queue, uuid);
    expect(task.state).toBe('canceled');
    expect(task.createdResources).toEqual([]);
    expect(
      await knex('task_worker').where('id', 'like', 'written%'),
    ).toHaveLength(0);
  });

  it('ends the tasks of a worker that died and frees what they held', async () => {
    handlers.set('next', async () => {});
    const lost = await dispatch('next', { exclusive: ['r'] });
    const done = await dispatch('next', { exclusive: ['s'] });
    const dead = { state: 'running', worker_id: 'dead' };
    await knex<DbTaskRow>('task').where('uuid', lost).update(dead);
    await knex<DbTaskRow>('task')
      .where('uuid', done)
      .update({ ...dead, committed: true });
    await knex<DbTaskWorkerRow>('task_worker').insert({
      id: 'dead',
      started_at: '2020-01-01T00:00:00.000000Z',
      heartbeat_at: '2020-01-01T00:00:00.000000Z',
    });
    const follower = await dispatch('next', { exclusive: ['r', 's'] });
    await startWorker();
    expect((await final(queue, follower)).state).toBe('completed');
    expect((await queue.get(lost)).state).toBe('failed');
    expect((await queue.get(done)).state).toBe('completed');
  });

  it('completes what commits in the moment in which its worker is declared dead', async () => {
    const uuid = await dispatch('any');
    const { id } = await queue.get(uuid);
    await knex<DbTaskRow>('task')
      .where({ id })
      .update({ state: 'running', worker_id: 'slow' });
    const trx = await knex.transaction();
    expect(await commitTask(trx, id, 'slow', {})).toBe(true);
    const recovered = recoverLostTasks(knex, currentTimestamp());
    await until(async () => (await countWaiting(knex)) > 0);
    await trx.commit();
    await recovered;
    await recoverLostTasks(knex, currentTimestamp());
    expect((await queue.get(uuid)).state).toBe('completed');
  });

  it('records the end of a task when the database is there again', async () => {
    handlers.set('outlives', async () => {
      await knex.schema.renameTable('task_reservation', 'out_of_reach');
      return { result: 'done' };
    });
    await startWorker();
    const uuid = await dispatch('outlives', { exclusive: ['r'] });
    await until(() => knex.schema.hasTable('out_of_reach'));
    await new Promise(resolve => setTimeout(resolve, 100));
    await knex.schema.renameTable('out_of_reach', 'task_reservation');
    expect(await final(queue, uuid)).toMatchObject({
      state: 'completed',
      result: 'done',
    });
    handlers.set('next', async () => {});
    const next = await dispatch('next', { exclusive: ['r'] });
    expect((await final(queue, next)).state).toBe('completed');
  });

  it('runs what it had claimed without having been told', async () => {
    handlers.set('claimed', async () => {});
    const worker = await startWorker();
    const uuid = await dispatch('unknown');
    await final(queue, uuid);
    await knex<DbTaskRow>('task').where({ uuid }).update({
      name: 'claimed',
      state: 'running',
      worker_id: worker.id,
      finished_at: null,
    });
    expect((await final(queue, uuid)).state).toBe('completed');
  });

  it('beats without piling up listeners', async () => {
    const listened = jest.spyOn(AbortSignal.prototype, 'addEventListener');
    try {
      const worker = await startWorker();
      const beats = new Set<string>();
      await until(async () => {
        const row = await knex<DbTaskWorkerRow>('task_worker')
          .where('id', worker.id)
          .first();
        return beats.add(row!.heartbeat_at).size > 3;
      });
      // Beats and the look for cancel requests rest at the same time.
      for (const signal of new Set(listened.mock.contexts)) {
        expect(
          getEventListeners(signal as AbortSignal, 'abort').length,
        ).toBeLessThanOrEqual(2);
      }
    } finally {
      listened.mockRestore();
    }
  });
});

describe('a task worker whose database keeps it waiting', () => {
  let knex: Knex;
  let queue: TaskQueue;
  let worker: TaskWorker;
  const started = gate();
  const proceed = gate();

  beforeEach(async () => {
    // SQLite has one connection, for which everybody waits while a transaction lasts.
    knex = await databases.init('SQLITE_3');
    await applyDatabaseMigrations(knex);
    queue = new TaskQueue({ knex });
    worker = new TaskWorker({
      knex,
      queue,
      handlers: new Map([
        [
          'long',
          async () => {
            started.open();
            await proceed.opened;
          },
        ],
      ]),
      logger: mockServices.logger.mock({
        child: () => mockServices.logger.mock(),
      }),
    });
  });
  afterEach(() => {
    Settings.now = () => Date.now();
  });

  const long = () =>
    queue.dispatch({
      name: 'long',
      input: null,
      reservations: {},
      createdBy: undefined,
    });

  it('does not take itself for dead', async () => {
    await worker.start();
    const uuid = await long();
    await started.opened;
    const heartbeat = async () =>
      (await knex<DbTaskWorkerRow>('task_worker').first())?.heartbeat_at;
    const changed = async (last: string | undefined) => {
      await until(async () => (await heartbeat()) !== last);
      return heartbeat();
    };
    /** Holds the database while the clock goes on by more than a worker may be silent. */
    const delay = async (last: string | undefined, milliseconds: number) => {
      // Between two beats, so that the next one has to wait with its first statement.
      await changed(last);
      await new Promise(resolve => setTimeout(resolve, 100));
      const trx = await knex.transaction();
      await until(async () => (await countWaiting(knex)) > 1);
      Settings.now = () => Date.now() + milliseconds;
      await trx.commit();
      return heartbeat();
    };
    let last = await heartbeat();
    for (let round = 1; round < 4; round++) {
      last = await delay(last, round * 20_000);
    }
    await changed(last);
    expect((await queue.get(uuid)).state).toBe('running');
    proceed.open();
    expect((await final(queue, uuid)).state).toBe('completed');
    await worker.stop();
  });

  it('leaves to others what it claimed while it was told to stop', async () => {
    const uuid = await long();
    await worker.start();
    const trx = await knex.transaction();
    queue.wake();
    const stopped = worker.stop();
    await until(async () => (await countWaiting(knex)) > 0);
    await trx.commit();
    await stopped;
    expect(['waiting', 'failed']).toContain((await queue.get(uuid)).state);
  });
});
