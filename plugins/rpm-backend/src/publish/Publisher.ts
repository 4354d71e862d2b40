import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { freeStamp, nextStamp, toStamp } from '../checkpoint';
import * as operations from '../database/operations/publications';
import { readRepositoryById } from '../database/operations/repositories';
import { currentTimestamp, fromTimestamp } from '../database/time';
import { retain } from '../repository/retention';
import type { VersionRecord } from '../repository/versionTypes';
import type { ArtifactStorage } from '../storage';
import { TaskError, type TaskContext } from '../tasks';
import type { WorkerPool } from '../workers';
import { effectiveOptions, hasOptions } from './publicationOptions';
import { renderVersion } from './renderVersion';
import type {
  PublicationOptions,
  PublicationRecord,
  VersionPublisher,
} from './types';

/** Checkpoints of one repository that are made at once compete for stamps; each try lets one win. */
const STAMP_TRIES = 10;

type Commit = (
  trx: Knex.Transaction,
  publication: PublicationRecord,
) => Promise<void>;

/**
 * Publishes versions: content streams from the database into a worker thread, which renders it into
 * files; these become artifacts, and one short transaction makes the publication visible with all
 * of them. What a crash leaves are artifacts that nothing refers to.
 */
export class Publisher implements VersionPublisher {
  readonly #knex: Knex;
  readonly #threads: WorkerPool;
  readonly #storage: ArtifactStorage;

  constructor(options: {
    knex: Knex;
    threads: WorkerPool;
    storage: ArtifactStorage;
  }) {
    this.#knex = options.knex;
    this.#threads = options.threads;
    this.#storage = options.storage;
  }

  /**
   * @param request - `checkpoint` gives the publication a stamp, and un-marks older checkpoints
   * that the repository does not retain
   * @param commit - called inside the transaction that makes the publication visible
   */
  async publish(
    context: TaskContext,
    version: VersionRecord,
    request: PublicationOptions & { checkpoint: boolean },
    commit: Commit = async () => {},
  ): Promise<PublicationRecord> {
    const progress = context.progress(
      'publish.generating_metadata',
      'Generating repository metadata',
    );
    const files = await renderVersion(
      {
        knex: this.#knex,
        threads: this.#threads,
        storage: this.#storage,
        signal: context.signal,
        progress,
      },
      version,
      request,
    );
    const publication = await this.#withStamp(async trx => {
      const createdAt = currentTimestamp();
      const id = await operations.insertPublication(
        trx,
        {
          ...request,
          createdAt,
          repositoryId: version.repositoryId,
          versionId: version.id,
          checkpointStamp: request.checkpoint
            ? nextStamp(
                fromTimestamp(createdAt),
                await this.#takenFrom(trx, version.repositoryId, createdAt),
              )
            : undefined,
          createdBy: context.createdBy,
        },
        files,
      );
      return this.#settle(trx, id, version.repositoryId, commit);
    });
    progress.finish();
    return publication;
  }

  async publishVersion(
    context: TaskContext,
    version: VersionRecord,
    options: { checkpoint?: boolean; commit?: Commit } = {},
  ): Promise<PublicationRecord> {
    const { checkpoint = false, commit = async () => {} } = options;
    const repository = await readRepositoryById(
      this.#knex,
      version.repositoryId,
    );
    if (!repository) {
      throw new TaskError('PLP0005', 'The repository does not exist any more.');
    }
    const wanted = effectiveOptions({}, repository);
    const published = (
      await operations.listPublicationsOfVersion(this.#knex, version.id)
    ).find(publication => hasOptions(publication, wanted));
    if (!published) {
      return this.publish(context, version, { ...wanted, checkpoint }, commit);
    }
    return this.#withStamp(async trx => {
      const { id, repositoryId, createdAt } = published;
      if (checkpoint && !published.checkpoint) {
        const taken = await this.#takenFrom(trx, repositoryId, createdAt);
        const stamp = freeStamp(fromTimestamp(createdAt), taken);
        await operations.markCheckpoint(trx, id, stamp);
      }
      return this.#settle(trx, id, repositoryId, commit);
    });
  }

  /** The stamps that the repository's checkpoints have from a point in time on. */
  #takenFrom(
    trx: Knex.Transaction,
    repositoryId: number,
    time: string,
  ): Promise<string[]> {
    const from = toStamp(fromTimestamp(time));
    return operations.listTakenStamps(trx, repositoryId, from);
  }

  /** What belongs to making a publication, or making it a checkpoint, visible. */
  async #settle(
    trx: Knex.Transaction,
    id: number,
    repositoryId: number,
    commit: Commit,
  ): Promise<PublicationRecord> {
    const repository = await readRepositoryById(trx, repositoryId);
    await retain(trx, repositoryId, {
      retainCheckpoints: repository?.retainCheckpoints,
    });
    const publication = (await operations.readPublicationById(trx, id))!;
    await commit(trx, publication);
    return publication;
  }

  /** Runs a transaction again when another checkpoint has just taken the stamp. */
  async #withStamp<T>(write: (trx: Knex.Transaction) => Promise<T>) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#knex.transaction(write);
      } catch (error) {
        if (!isDatabaseConflictError(error) || tries === STAMP_TRIES) {
          throw error;
        }
      }
    }
  }
}
