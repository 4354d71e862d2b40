import type { Knex } from 'knex';
import { readUnitById } from '../database/operations/content-units';
import { actorOf } from '../identity/actor';
import type { ContentType } from '../identifiers';
import type { OrphanStorage } from '../storage/types';
import type { TaskQueue } from '../tasks';
import { TaskError } from '../tasks';
import { InvalidInputError } from '../validation';
import { findDestination } from './destinations';
import { discardOnFailure } from './discardOnFailure';
import { sourceField } from './sourceField';
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
  UnitChecks,
  UnitInput,
} from './types';

export class DefaultContentCreation implements ContentCreation {
  readonly #knex: Knex;
  readonly #storage: OrphanStorage;
  readonly #tasks: TaskQueue;
  readonly #taker: ArtifactTaker;
  readonly #creators: UnitCreators;
  readonly #checks: UnitChecks;

  constructor(options: {
    knex: Knex;
    storage: OrphanStorage;
    tasks: TaskQueue;
    taker: ArtifactTaker;
    creators: UnitCreators;
    checks: UnitChecks;
  }) {
    this.#knex = options.knex;
    this.#storage = options.storage;
    this.#tasks = options.tasks;
    this.#taker = options.taker;
    this.#creators = options.creators;
    this.#checks = options.checks;
  }

  async create(
    type: ContentType,
    request: ContentRequest,
    options: CreationOptions,
  ): Promise<string> {
    const { repository: reference, ...destination } = request.destination ?? {};
    const repository = await findDestination(this.#knex, reference);
    const unit = await this.#takeIn(type, request, options);
    const spec = createContentTask({
      type,
      unit,
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
    const input = await this.#takeIn(type, request, options);
    const context = {
      createdBy: user,
      signal: options.signal ?? new AbortController().signal,
    };
    try {
      const made = await this.#discardOnFailure(input, () =>
        this.#creators[type]!(context, input),
      );
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

  #discardOnFailure<T>(
    { artifactId }: UnitInput,
    work: () => Promise<T>,
  ): Promise<T> {
    const services = { knex: this.#knex, storage: this.#storage };
    return discardOnFailure(services, artifactId, work);
  }

  /** Stores the file and has a look at it. */
  async #takeIn(
    type: ContentType,
    { source, fields }: ContentRequest,
    options: CreationOptions,
  ): Promise<UnitInput> {
    const { visible = 'all', credentials, signal } = options;
    const user = actorOf(credentials);
    const taken =
      source && (await this.#taker.take(source, { visible, user, signal }));
    const unit: UnitInput = taken
      ? { fields, artifactId: taken.artifact.id, fileName: taken.name }
      : { fields };
    await this.#discardOnFailure(unit, async () =>
      this.#checks[type]?.(unit, { field: sourceField(source), visible }),
    );
    return unit;
  }
}
