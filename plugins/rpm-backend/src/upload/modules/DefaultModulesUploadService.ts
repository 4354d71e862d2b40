import type { Knex } from 'knex';
import { actorOf } from '../../identity/actor';
import type { ArtifactStorage, OrphanStorage } from '../../storage/types';
import { TaskError, type TaskQueue } from '../../tasks';
import { InvalidInputError } from '../../validation';
import { findDestination } from '../destinations';
import { discardOnFailure } from '../discardOnFailure';
import { sourceField } from '../sourceField';
import type { ArtifactTaker } from '../types';
import type { ModulesFileReader, StoredModules } from './ModulesFileReader';
import type { ModulesUpload, ModulesUploadService } from './types';
import { uploadModulesTask } from './uploadModules';

type UploadOptions = Parameters<ModulesUploadService['upload']>[1];

export class DefaultModulesUploadService implements ModulesUploadService {
  readonly #knex: Knex;
  readonly #storage: ArtifactStorage & OrphanStorage;
  readonly #tasks: TaskQueue;
  readonly #taker: ArtifactTaker;
  readonly #reader: ModulesFileReader;

  constructor(options: {
    knex: Knex;
    storage: ArtifactStorage & OrphanStorage;
    tasks: TaskQueue;
    taker: ArtifactTaker;
    reader: ModulesFileReader;
  }) {
    this.#knex = options.knex;
    this.#storage = options.storage;
    this.#tasks = options.tasks;
    this.#taker = options.taker;
    this.#reader = options.reader;
  }

  async upload(
    { source, destination }: ModulesUpload,
    options: UploadOptions,
  ): Promise<string> {
    const repository = await findDestination(
      this.#knex,
      destination.repository,
    );
    const file = await this.#takeIn(source, options);
    const field = 'text' in source ? 'snippet' : sourceField(source);
    const services = { knex: this.#knex, storage: this.#storage };
    await discardOnFailure(services, file.artifactId, () =>
      this.#check(file, field, options.signal),
    );
    const { overwrite = true, labels = {}, reason } = destination;
    return this.#tasks.dispatch({
      ...uploadModulesTask(repository, { ...file, overwrite, labels, reason }),
      createdBy: actorOf(options.credentials),
      loggingCid: options.correlationId,
    });
  }

  async #takeIn(
    source: ModulesUpload['source'],
    { visible = 'all', credentials, signal }: UploadOptions,
  ): Promise<StoredModules> {
    if ('text' in source) {
      const name = 'the snippet';
      const bytes = bytesOf(source.text);
      const artifact = await this.#storage.store(bytes, { name });
      return { artifactId: artifact.id, fileName: name };
    }
    const user = actorOf(credentials);
    const options = { visible, user, signal };
    const { artifact, name } = await this.#taker.take(source, options);
    return { artifactId: artifact.id, fileName: name };
  }

  /** Tells what is wrong while the caller waits. @throws InvalidInputError */
  async #check(
    file: StoredModules,
    field: string,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let problems: string[];
    try {
      ({ problems } = await this.#reader.read(file, { signal }));
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      problems = [error.message];
    }
    if (problems.length) throw InvalidInputError.field(field, ...problems);
  }
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
