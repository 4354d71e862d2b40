import type { Knex } from 'knex';
import { actorOf } from '../identity/actor';
import { requireUnits, type CallOptions } from '../repository';
import type { TaskQueue } from '../tasks';
import { orphanTask } from './orphanTask';
import type { OrphanInput, OrphanService } from './types';

export class DefaultOrphanService implements OrphanService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;
  readonly #protectionMinutes: number;

  /** @param options - `protectionMinutes` is what a call gets that names none */
  constructor(options: {
    knex: Knex;
    tasks: TaskQueue;
    protectionMinutes: number;
  }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
    this.#protectionMinutes = options.protectionMinutes;
  }

  async cleanUp(
    { units, protectionMinutes }: OrphanInput,
    options: CallOptions,
  ): Promise<string> {
    const [unitIds] = units ? await requireUnits(this.#knex, units) : [];
    return this.#tasks.dispatch({
      ...orphanTask({
        unitIds,
        protectionMinutes: protectionMinutes ?? this.#protectionMinutes,
      }),
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }
}
