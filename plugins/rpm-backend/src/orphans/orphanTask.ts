import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { chunksOf } from '../database/chunks';
import {
  deleteOrphans,
  iterateOrphans,
  ORPHAN_ARTIFACTS,
  ORPHAN_UNITS,
  readOldestUnfinished,
} from '../database/operations/orphans';
import { pause } from '../database/pause';
import type { DbArtifactRow } from '../database/tables';
import { fromTimestamp, toTimestamp } from '../database/time';
import type { OrphanStorage } from '../storage/types';
import type { TaskContext, TaskHandler, TaskSpec } from '../tasks/types';

/** Pulp's name of the task. */
export const ORPHAN_TASK = 'pulpcore.app.tasks.orphan.orphan_cleanup';

/** Rows deleted in one transaction; a package has four of its own and its files. */
const CHUNK = 50;

/** A file is stored a moment before the task is queued that makes use of it. */
const QUEUING_MINUTES = 5;

interface OrphanTaskInput {
  unitIds?: number[];
  protectionMinutes: number;
}

/** The task of a clean-up; one at a time. */
export function orphanTask(
  input: OrphanTaskInput,
): Pick<TaskSpec, 'name' | 'input' | 'reservations'> {
  return {
    name: ORPHAN_TASK,
    input,
    reservations: { exclusive: ['rpm.orphans'] },
  };
}

/**
 * Deletes chunk by chunk: what is deleted stays so when the task is cancelled.
 *
 * @remarks
 * What tasks have created or found that have not ended yet is spared whatever the protection time:
 * they are about to put it into a repository.
 */
export function orphanHandler(options: {
  knex: Knex;
  storage: OrphanStorage;
}): TaskHandler {
  const { knex, storage } = options;
  return async (context, input: OrphanTaskInput) => {
    const before = await protectedSince(knex, input.protectionMinutes);
    const cleanUp = { knex, context, before };
    const content = await deleteUnits(cleanUp, input.unitIds);
    const { artifacts, size } = await deleteArtifacts(cleanUp, storage);
    const leftFiles = await storage.sweepUnrecorded(context.signal);
    return {
      result: { content, artifacts, size, left_files: leftFiles },
    };
  };
}

/** @returns the time stamp since when what was wanted is spared */
async function protectedSince(
  knex: Knex,
  protectionMinutes: number,
): Promise<string> {
  const since = toTimestamp(
    DateTime.utc().minus({ minutes: protectionMinutes }),
  );
  const oldest = await readOldestUnfinished(knex, ORPHAN_TASK);
  if (oldest === undefined) return since;
  const queued = toTimestamp(
    fromTimestamp(oldest).minus({ minutes: QUEUING_MINUTES }),
  );
  return queued < since ? queued : since;
}

interface CleanUp {
  knex: Knex;
  context: TaskContext;
  /** A time stamp. */
  before: string;
}

async function deleteUnits(
  { knex, context, before }: CleanUp,
  unitIds: readonly number[] | undefined,
): Promise<number> {
  const progress = context.progress(
    'clean-up.content',
    'Clean up orphan Content',
  );
  let all = 0;
  const orphans = iterateOrphans(knex, ORPHAN_UNITS, before, unitIds);
  for await (const chunk of chunksOfAll(context, orphans)) {
    const deleted = await knex.transaction(trx =>
      deleteOrphans(trx, ORPHAN_UNITS, chunk, before),
    );
    all += deleted.length;
    progress.advance(deleted.length);
  }
  progress.finish();
  return all;
}

async function deleteArtifacts(
  { knex, context, before }: CleanUp,
  storage: OrphanStorage,
): Promise<{ artifacts: number; size: number }> {
  const progress = context.progress(
    'clean-up.artifacts',
    'Clean up orphan Artifacts',
  );
  const all = { artifacts: 0, size: 0 };
  const orphans = iterateOrphans(knex, ORPHAN_ARTIFACTS, before);
  for await (const chunk of chunksOfAll(context, orphans)) {
    const deleted = await knex.transaction(trx =>
      deleteOrphans<Pick<DbArtifactRow, 'sha256' | 'size'>>(
        trx,
        ORPHAN_ARTIFACTS,
        chunk,
        before,
        ['sha256', 'size'],
      ),
    );
    await storage.removeUnrecorded(deleted.map(({ sha256 }) => sha256));
    all.artifacts += deleted.length;
    // PostgreSQL's driver gives 64-bit integers as text.
    for (const { size } of deleted) all.size += Number(size);
    progress.advance(deleted.length);
  }
  progress.finish();
  return all;
}

async function* chunksOfAll(
  { signal }: TaskContext,
  batches: AsyncIterable<number[]>,
): AsyncGenerator<number[], void, undefined> {
  for await (const ids of batches) {
    signal.throwIfAborted();
    for (const chunk of chunksOf(ids, CHUNK)) {
      yield chunk;
      signal.throwIfAborted();
      await pause();
    }
  }
}
