import type { Knex } from 'knex';
import {
  listPending,
  mapArtifacts,
  readPending,
} from '../database/operations/artifact-map';

/** Units mapped before the next ones are looked for. */
const BATCH = 100;

/** Tells of the mapping of what is pending. */
export interface MappingOptions {
  signal?: AbortSignal;
  /** Called once, with what there is to do. */
  onStart?: (count: number) => void;
  onMapped?: (count: number) => void;
}

/**
 * Maps everything that is pending now: what an older release has stored, and what somebody died over.
 *
 * @remarks
 * Who decides by the map calls this first, so that nothing is decided by a map that is not whole. It
 * costs one look at an empty table, but for the first minutes after the map was introduced; several
 * may be at it at once. What is mapped stays so when it is aborted.
 */
export async function mapPending(
  knex: Knex,
  { signal, onStart, onMapped }: MappingOptions = {},
): Promise<void> {
  // What is marked later is mapped by who marks it.
  const { count, lastId } = await readPending(knex);
  onStart?.(count);
  if (lastId === undefined) return;
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const ids = await listPending(knex, { after, upTo: lastId, limit: BATCH });
    if (!ids.length) return;
    await mapArtifacts(knex, ids);
    onMapped?.(ids.length);
    after = ids[ids.length - 1];
  }
}
