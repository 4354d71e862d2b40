import type { Knex } from 'knex';
import { readUnitById } from '../database/operations/content-units';
import { actorOf } from '../identity/actor';
import { parseReference, type ContentType } from '../identifiers';
import { getRepository } from '../repository/references';
import type { TaskQueue } from '../tasks';
import { TaskError } from '../tasks';
import { InvalidInputError } from '../validation';
import {
  completeUnit,
  createContentTask,
  type UnitCreators,
} from './tasks/createContent';
import type {
  ArtifactTaker,
  ContentCreation,
  ContentRequest,
  CreationOptions,
  UnitInput,
} from './types';

/** What is told of a repository that is not there, and of one that the caller may not see. */
export const MISSING_REPOSITORY = 'Invalid hyperlink - Object does not exist.';

export class DefaultContentCreation implements ContentCreation {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;
  readonly #taker: ArtifactTaker;
  readonly #creators: UnitCreators;

  constructor(options: {
    knex: Knex;
    tasks: TaskQueue;
    taker: ArtifactTaker;
    creators: UnitCreators;
  }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
    this.#taker = options.taker;
    this.#creators = options.creators;
  }

  async create(
    type: ContentType,
    request: ContentRequest,
    options: CreationOptions,
  ): Promise<string> {
    const { repository: reference, ...destination } = request.destination ?? {};
    const named =
      reference === undefined ? undefined : parseReference(reference);
    if (reference !== undefined && named?.kind !== 'repository') {
      throw InvalidInputError.field('repository', MISSING_REPOSITORY);
    }
    const repository =
      named?.kind === 'repository'
        ? await getRepository(this.#knex, named.uuid)
        : undefined;
    const spec = createContentTask({
      type,
      unit: await this.#takeIn(request, options),
      destination,
      repository,
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
    return this.#tasks.dispatch(spec);
  }

  async createNow(
    type: ContentType,
    request: ContentRequest,
    options: CreationOptions,
  ): Promise<string> {
    const user = actorOf(options.credentials);
    const input = await this.#takeIn(request, options);
    const context = {
      createdBy: user,
      signal: options.signal ?? new AbortController().signal,
    };
    try {
      const made = await this.#creators[type]!(context, input);
      const labels = request.destination?.labels ?? {};
      await completeUnit(this.#knex, made, labels, user);
      const unit = await readUnitById(this.#knex, made.unitId);
      if (!unit) throw new TaskError('PLP0005', 'The unit was removed again.');
      return unit.uuid;
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      throw InvalidInputError.message(error.message);
    }
  }

  async #takeIn(
    { source, fields }: ContentRequest,
    options: CreationOptions,
  ): Promise<UnitInput> {
    if (!source) return { fields };
    const { visible = 'all', credentials, signal } = options;
    const user = actorOf(credentials);
    const taken = await this.#taker.take(source, { visible, user, signal });
    return { fields, artifactId: taken.artifact.id, fileName: taken.name };
  }
}
