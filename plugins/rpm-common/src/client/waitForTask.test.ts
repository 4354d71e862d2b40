import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { Task } from '../contract';
import { RpmClient } from './RpmClient';
import { RpmTaskError } from './RpmTaskError';
import { waitForTask } from './waitForTask';

const TASK_HREF = '/api/rpm/pulp/api/v3/tasks/0199-t/';
const TASK = `http://portal.example${TASK_HREF}`;

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const client = new RpmClient({
  discoveryApi: { getBaseUrl: async () => 'http://portal.example/api/rpm' },
  fetchApi: { fetch: (input, init) => fetch(input, init) },
});

describe('waitForTask', () => {
  function answer(...replies: (Partial<Task> | number | 'unreachable')[]) {
    server.use(
      http.get(TASK, () => {
        const reply = replies.length > 1 ? replies.shift()! : replies[0];
        if (reply === 'unreachable') return HttpResponse.error();
        return typeof reply === 'number'
          ? HttpResponse.text('', { status: reply })
          : HttpResponse.json({ pulp_href: TASK_HREF, ...reply });
      }),
    );
  }
  const quickly = { longestPauseMs: 1 };

  it('tells the progress until the task is completed', async () => {
    answer({ state: 'waiting' }, { state: 'running' }, { state: 'completed' });
    const states: string[] = [];

    const task = await waitForTask(client, TASK_HREF, {
      ...quickly,
      onProgress: ({ state }) => states.push(state),
    });

    expect(task.state).toBe('completed');
    expect(states).toEqual(['waiting', 'running', 'completed']);
  });

  it('throws the sentence of a failed task', async () => {
    const error = { description: '[RPM0002] Two trees.', traceback: null };
    answer({ state: 'running' }, { state: 'failed', error });

    const waiting = waitForTask(client, TASK_HREF, quickly);

    await expect(waiting).rejects.toBeInstanceOf(RpmTaskError);
    await expect(waiting).rejects.toMatchObject({
      message: '[RPM0002] Two trees.',
      task: { state: 'failed' },
    });
  });

  it('says so when a task was cancelled', async () => {
    answer({ state: 'canceled', error: { reason: 'Canceled.' } });
    await expect(waitForTask(client, TASK_HREF, quickly)).rejects.toThrow(
      'Canceled.',
    );

    answer({ state: 'canceled', error: null });
    await expect(waitForTask(client, TASK_HREF, quickly)).rejects.toThrow(
      'The task was canceled.',
    );
  });

  it('outlasts a restart of the server', async () => {
    answer('unreachable', 503, { state: 'completed' });

    const task = await waitForTask(client, TASK_HREF, quickly);

    expect(task.state).toBe('completed');
  });

  it('gives up when the server stays away', async () => {
    answer(503);
    await expect(waitForTask(client, TASK_HREF, quickly)).rejects.toMatchObject(
      { status: 503 },
    );
  });

  it('does not ask again for a task that does not exist', async () => {
    answer(404, { state: 'completed' });
    await expect(waitForTask(client, TASK_HREF, quickly)).rejects.toMatchObject(
      { status: 404 },
    );
  });

  it('stops waiting when told to', async () => {
    answer({ state: 'running' });
    const abort = new AbortController();

    const waiting = waitForTask(client, TASK_HREF, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });

    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
