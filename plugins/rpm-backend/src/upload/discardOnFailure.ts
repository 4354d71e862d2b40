import type { Knex } from 'knex';
import { readUntouchedArtifact } from '../database/operations/artifacts';
import {
  deleteOrphans,
  ORPHAN_ARTIFACTS,
} from '../database/operations/orphans';
import type { OrphanStorage } from '../storage/types';

/**
 * Does what a file was stored for. When that fails, the file goes again: one that cannot be used may
 * be large, and the clean-up of orphans far away. It stays when something holds it, or when anybody
 * has asked for it since it was stored, be it by sending the same bytes.
 */
export async function discardOnFailure<T>(
  { knex, storage }: { knex: Knex; storage: OrphanStorage },
  artifactId: number | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (artifactId !== undefined) await discard(knex, storage, artifactId);
    throw error;
  }
}

async function discard(
  knex: Knex,
  storage: OrphanStorage,
  artifactId: number,
): Promise<void> {
  const artifact = await readUntouchedArtifact(knex, artifactId);
  if (!artifact) return;
  const deleted = await knex.transaction(trx =>
    deleteOrphans(
      trx,
      ORPHAN_ARTIFACTS,
      [artifactId],
      // Just after it was stored: whoever asks for it from now on is later.
      `${artifact.createdAt}~`,
    ),
  );
  if (deleted.length) await storage.removeUnrecorded([artifact.sha256]);
}
