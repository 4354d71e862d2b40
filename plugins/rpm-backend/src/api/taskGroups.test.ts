import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { hrefOf } from '../identifiers';
import { TaskQueue } from '../tasks';
import type { TaskSpec } from '../tasks/types';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { testPolicy } from '../testing/policies';
import { RepositoryDriver } from '../testing/RepositoryDriver';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const stranger = mockCredentials.user.header('user:default/stranger');
const owner = 'user:default/mock';

/** Strangers see what has the label `shown` and change nothing. */
const policy = testPolicy({
  allows: (permission, user) =>
    user !== 'user:default/stranger' || permission === 'rpm.repository.read',
  sees: { user: 'user:default/stranger', label: 'shown' },
});

describe.each(databases.eachSupportedId())('task groups on %p', id => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let queue: TaskQueue;
  let driver: RepositoryDriver;

  beforeAll(async () => {
    knex = await databases.init(id);
    rpm = await startRpmBackend({ knex, features: [policy] });
    queue = new TaskQueue({ knex });
    driver = new RepositoryDriver({ rpm, knex });
  });
  afterAll(() => rpm.stop());

  const purge = (resource: string): TaskSpec => ({
    name: 'pulpcore.app.tasks.purge.purge',
    input: { finishedBefore: '2000', states: ['failed'] },
    reservations: { exclusive: [resource] },
    createdBy: owner,
  });
  const dispatch = async (specs: TaskSpec[]) =>
    hrefOf(
      'taskGroup',
      await queue.dispatchGroup(
        {
          description: 'Several.',
          progress: { code: 'several', message: 'Did several' },
          createdBy: owner,
        },
        specs,
      ),
    );
  /** Lets tasks wait that reserve the resource: another replica works on it. */
  const block = async (resource: string) => {
    const uuid = await knex.transaction(trx =>
      queue.record(trx, purge(resource)),
    );
    await knex('task_worker')
      .insert({ id: 'other', started_at: '2020', heartbeat_at: '9999' })
      .onConflict('id')
      .ignore();
    const { id: taskId } = await knex('task').where({ uuid }).first('id');
    await knex('task_reservation')
      .where({ task_id: taskId })
      .update({ held: true });
    await knex('task').where({ uuid }).update({
      state: 'running',
      finished_at: null,
      committed: false,
      worker_id: 'other',
    });
    return () => knex('task').where({ uuid }).delete();
  };

  it('tell of their tasks, and tasks tell of them', async () => {
    const href = await dispatch([purge('a'), purge('b'), purge('c')]);
    const { body: made } = await rpm.get(href);
    for (const { pulp_href: task } of made.tasks) {
      const { body } = await rpm.get(task);
      expect(body.task_group).toBe(href);
      await rpm.completed({ status: 202, body: { task } } as any);
    }
    const { body: group } = await rpm.get(href);
    expect(group).toMatchObject({
      prn: expect.stringMatching(/^prn:core\.taskgroup:/),
      description: 'Several.',
      all_tasks_dispatched: true,
      waiting: 0,
      skipped: 0,
      running: 0,
      completed: 3,
      canceled: 0,
      failed: 0,
      canceling: 0,
      group_progress_reports: [
        {
          message: 'Did several',
          code: 'several',
          total: 3,
          done: 3,
          suffix: null,
        },
      ],
    });
    const minimal = await rpm.get(`tasks/?task_group=${href}&minimal=true`);
    expect([...minimal.body.results].reverse()).toEqual(group.tasks);
    const list = await rpm.get('task-groups/');
    expect(list.body.results).toContainEqual(group);
    const named = await rpm.get(`task-groups/?prn__in=${group.prn}`);
    expect(named.body.results).toEqual([group]);
    const trimmed = await rpm.get(`${href}?fields=description`);
    expect(trimmed.body).toEqual({ description: 'Several.' });
  });

  it('are cancelled with all their tasks', async () => {
    const release = await block('blocked');
    const href = await dispatch([
      purge('free'),
      purge('blocked'),
      purge('blocked'),
    ]);
    for (;;) {
      const { body } = await rpm.get(href);
      if (body.completed) break;
    }
    const refused = await rpm.patch(href, { state: 'completed' });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual([
      "The only acceptable value for 'state' is 'canceled'.",
    ]);
    const cancelled = await rpm.patch(href, { state: 'canceled' });
    expect(cancelled.status).toBe(200);
    expect(cancelled.body).toMatchObject({ completed: 1, canceled: 2 });
    await release();
    expect((await rpm.get(href)).body).toMatchObject({
      completed: 1,
      canceled: 2,
    });
    const again = await rpm.patch(href, { state: 'canceled' });
    expect(again.status).toBe(200);
  });

  it('are seen with any of their tasks, and cancelled by who may cancel all', async () => {
    const shown = await driver.create({ pulp_labels: { shown: 'yes' } });
    const hidden = await driver.create();
    const prns = await Promise.all(
      [shown, hidden].map(async href => (await rpm.get(href)).body.prn),
    );
    const unseen = await dispatch([purge(prns[1])]);
    expect((await rpm.get(unseen, stranger)).status).toBe(404);
    const release = await block(prns[1]);
    const partly = await dispatch(prns.map(purge));
    const { body, status } = await rpm.get(partly, stranger);
    expect(status).toBe(200);
    expect(body.tasks).toHaveLength(1);
    expect(body.group_progress_reports[0].total).toBe(1);
    const list = await rpm.get('task-groups/', stranger);
    expect(list.body.results.map((each: any) => each.pulp_href)).toEqual([
      partly,
    ]);
    const refused = await rpm.patch(partly, { state: 'canceled' }, stranger);
    expect(refused.status).toBe(403);
    expect((await rpm.get(partly)).body.canceled).toBe(0);
    await release();
  });

  it('are unknown to who names another', async () => {
    const { status, body } = await rpm.get(
      hrefOf('taskGroup', '019bf000-0000-7000-8000-000000000001'),
    );
    expect(status).toBe(404);
    expect(body).toEqual({
      detail: 'No TaskGroup matches the given query.',
    });
  });
});

describe.each(databases.eachSupportedId())('records of tasks on %p', id => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let queue: TaskQueue;

  beforeEach(async () => {
    knex = await databases.init(id);
    rpm = await startRpmBackend({ knex, features: [policy] });
    queue = new TaskQueue({ knex });
  });
  afterEach(() => rpm.stop());

  const done = async (name: string, state = 'completed', finished?: string) => {
    const uuid = await knex.transaction(trx =>
      queue.record(trx, {
        name,
        input: {},
        reservations: { exclusive: [`r-${name}`], shared: ['s'] },
        createdBy: owner,
      }),
    );
    await knex('task')
      .where({ uuid })
      .update({ state, ...(finished && { finished_at: finished }) });
    return hrefOf('task', uuid);
  };
  const names = async (query: string) =>
    (await rpm.get(`tasks/?${query}&ordering=pk`)).body.results.map(
      (task: any) => task.name,
    );

  it('are purged by state and time, by administrators', async () => {
    const old = '2020-01-01T00:00:00.000000Z';
    await done('old', 'completed', old);
    await done('failed', 'failed', old);
    await done('new');
    const task = await rpm.completed(
      await rpm.post('tasks/purge/', {
        finished_before: '2021-01-01T02:00:00+02:00',
      }),
    );
    expect(task.name).toBe('pulpcore.app.tasks.purge.purge');
    expect(task.result).toEqual({ tasks: 1, task_groups: 0 });
    expect(task.progress_reports).toContainEqual(
      expect.objectContaining({
        code: 'purge.tasks.total',
        state: 'completed',
        total: 1,
        done: 1,
      }),
    );
    expect(await names('name__ne=pulpcore.app.tasks.purge.purge')).toEqual([
      'failed',
      'new',
    ]);
    await rpm.completed(await rpm.post('tasks/purge/'));
    expect(await names('name__ne=pulpcore.app.tasks.purge.purge')).toEqual([
      'failed',
    ]);
    await rpm.completed(
      await rpm.post('tasks/purge/', { states: ['failed', 'canceled'] }),
    );
    expect(await names('state=failed')).toEqual([]);
    expect((await rpm.post('tasks/purge/', {}, stranger)).status).toBe(403);
  });

  it('are purged in chunks, with the groups that become empty', async () => {
    await queue.dispatchGroup(
      {
        description: 'Many.',
        progress: { code: 'many', message: 'Many' },
        createdBy: undefined,
      },
      Array.from({ length: 1_203 }, () => ({
        name: 'many',
        input: {},
        reservations: { exclusive: ['many'] },
        createdBy: undefined,
      })),
    );
    await knex('task').update({
      state: 'canceled',
      finished_at: '2020-01-01T00:00:00.000000Z',
    });
    const { result } = await rpm.completed(
      await rpm.post('tasks/purge/', { states: ['canceled'] }),
    );
    expect(result).toEqual({ tasks: 1_203, task_groups: 1 });
    expect(await knex('task_reservation')).toEqual([]);
  });

  it.each([
    [{ states: ['running'] }, 'states'],
    [{ states: [] }, 'states'],
    [{ finished_before: 'yesterday' }, 'finished_before'],
    [{ before: '2020' }, 'before'],
  ])('are not purged by %j', async (body, field) => {
    const reply = await rpm.post('tasks/purge/', body);
    expect(reply.status).toBe(400);
    expect(Object.keys(reply.body)).toEqual([field]);
  });

  it('are deleted when final, and only then', async () => {
    const href = await done('final');
    expect((await rpm.delete(href, stranger)).status).toBe(403);
    expect((await rpm.delete(href)).status).toBe(204);
    expect((await rpm.get(href)).status).toBe(404);
    const open = await done('open');
    const { id: worker } = await knex('task_worker').first('id');
    await knex('task')
      .where({ name: 'open' })
      .update({ state: 'running', finished_at: null, worker_id: worker });
    expect((await rpm.delete(open)).status).toBe(409);
  });

  it('are cancelled by one sentence only', async () => {
    const href = await done('final');
    const wrong = await rpm.patch(href, { state: 'running' });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toEqual([
      "The only acceptable value for 'state' is 'canceled'.",
    ]);
    expect((await rpm.patch(href, { state: 'canceled' })).status).toBe(409);
  });

  it('are found by what they have to do with', async () => {
    const made = hrefOf('publication', '019bf000-0000-7000-8000-000000000001');
    const parent = await done('parent');
    const [{ id: parentTask }] = await knex('task').where({ name: 'parent' });
    const uuid = await knex.transaction(trx =>
      queue.record(
        trx,
        {
          name: 'child',
          input: {},
          reservations: {},
          createdBy: owner,
          parentTask,
        },
        { createdResources: [made] },
      ),
    );
    const child = hrefOf('task', uuid);
    expect((await rpm.get(parent)).body.child_tasks).toEqual([child]);
    expect((await rpm.get(child)).body.parent_task).toBe(parent);
    expect(await names(`parent_task=${parent}`)).toEqual(['child']);
    expect(await names(`child_tasks=${child}`)).toEqual(['parent']);
    expect(await names(`child_tasks__in=${child}`)).toEqual(['parent']);
    expect(await names(`created_resources=${made}`)).toEqual(['child']);
    expect(await names(`created_resources=${parent}`)).toEqual([]);
    expect(await names('reserved_resources__in=s')).toEqual(['parent']);
    expect(await names('exclusive_resources=r-parent')).toEqual(['parent']);
    expect(await names('exclusive_resources=s')).toEqual([]);
    expect(await names('shared_resources__in=s,t')).toEqual(['parent']);
    expect(await names('worker=nobody')).toEqual([]);
    expect(await names('unblocked_at__gt=2020-01-01')).toEqual([
      'parent',
      'child',
    ]);
    const logged = (await rpm.get(child)).body.logging_cid;
    expect(await names(`logging_cid__contains=${logged.slice(3, 20)}`)).toEqual(
      ['child'],
    );
  });

  it('are told in short with minimal=true', async () => {
    const href = await done('short');
    const { body } = await rpm.get(`${href}?minimal=true`);
    expect(Object.keys(body).sort()).toEqual([
      'finished_at',
      'name',
      'prn',
      'pulp_created',
      'pulp_href',
      'pulp_last_updated',
      'started_at',
      'state',
      'unblocked_at',
      'worker',
    ]);
    const full = (await rpm.get(`${href}?minimal=false`)).body;
    expect(full).toHaveProperty('progress_reports');
  });
});
