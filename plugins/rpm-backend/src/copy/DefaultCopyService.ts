import type { Knex } from 'knex';
import { actorOf } from '../identity/actor';
import type { TaskQueue } from '../tasks';
import { resolveCopy } from './resolveCopy';
import { copyTask } from './tasks/copyContent';
import type { CallOptions, CopyInput, CopyService } from './types';

export class DefaultCopyService implements CopyService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;

  constructor(options: { knex: Knex; tasks: TaskQueue }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
  }

  async copy(input: CopyInput, options: CallOptions): Promise<string> {
    const entries = await resolveCopy(this.#knex, input.entries);
    return this.#tasks.dispatch({
      ...copyTask(input, entries),
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }
}
