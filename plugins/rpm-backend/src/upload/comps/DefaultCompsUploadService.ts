import type { Knex } from 'knex';
import { actorOf } from '../../identity/actor';
import type { CallOptions } from '../../repository';
import type { TaskQueue } from '../../tasks';
import { InvalidInputError } from '../../validation';
import { findDestination } from '../destinations';
import type { ArtifactTaker } from '../types';
import { uploadCompsTask } from './uploadComps';
import type { CompsUpload, CompsUploadService } from './types';

export class DefaultCompsUploadService implements CompsUploadService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;
  readonly #taker: ArtifactTaker;

  constructor(options: { knex: Knex; tasks: TaskQueue; taker: ArtifactTaker }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
    this.#taker = options.taker;
  }

  async upload(input: CompsUpload, options: CallOptions): Promise<string> {
    const { file, replace, reason } = input;
    const repository = await findDestination(this.#knex, input.repository);
    if (replace && !repository) {
      throw InvalidInputError.field(
        'replace',
        'Only the content of a repository can be replaced.',
      );
    }
    const createdBy = actorOf(options.credentials);
    const { artifact, name } = await this.#taker.take(
      { file },
      { visible: 'all', user: createdBy },
    );
    return this.#tasks.dispatch({
      ...uploadCompsTask(repository, {
        artifactId: artifact.id,
        fileName: name,
        replace,
        reason,
      }),
      createdBy,
      loggingCid: options.correlationId,
    });
  }
}
