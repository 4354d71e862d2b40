import type { Knex } from 'knex';
import { hrefOf, prnOf } from '../../identifiers';
import { actorOf } from '../../identity/actor';
import {
  getRepository,
  hrefOfVersion,
  type CallOptions,
} from '../../repository';
import type { TaskQueue } from '../../tasks';
import { findTarget } from './findTarget';
import { ROLLBACK_TASK, type RollbackTaskInput } from './rollbackTask';
import type { RollbackInput, RollbackService } from './types';

export class DefaultRollbackService implements RollbackService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;

  constructor(options: { knex: Knex; tasks: TaskQueue }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
  }

  async rollback(
    repositoryUuid: string,
    input: RollbackInput,
    options: CallOptions,
  ): Promise<string> {
    const repository = await getRepository(this.#knex, repositoryUuid);
    const { version, checkpoint } = await findTarget(
      this.#knex,
      repository,
      input,
    );
    const task: RollbackTaskInput = {
      repositoryId: repository.id,
      versionId: version.id,
      reason: input.reason,
      publish: input.publish,
      inputs: {
        operation: 'rollback',
        version: hrefOfVersion(version),
        checkpoint: checkpoint ? hrefOf('publication', checkpoint.uuid) : null,
        checkpoint_timestamp: checkpoint?.checkpointStamp ?? null,
      },
    };
    return this.#tasks.dispatch({
      name: ROLLBACK_TASK,
      input: task,
      reservations: { exclusive: [prnOf('repository', repositoryUuid)] },
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }
}
