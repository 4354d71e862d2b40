import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbRemoteArtifactRow, DbUnitArtifactRow } from '../../tables';

/** Rows a statement writes; 1,200 parameters at most. */
const CHUNK = 200;

/** Everybody locks rows in one order, so that nobody waits for each other in a circle. */
function byUnit<T extends { unit_id: number }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => a.unit_id - b.unit_id);
}

/**
 * Records where the files of units can be fetched; a unit has one address at each remote, the one
 * recorded last.
 */
export async function recordRemoteArtifacts(
  knex: Knex,
  rows: readonly DbRemoteArtifactRow[],
): Promise<void> {
  const newest = new Map(
    rows.map(row => [`${row.unit_id} ${row.remote_id}`, row]),
  );
  for (const chunk of chunksOf(byUnit([...newest.values()]), CHUNK)) {
    await knex<DbRemoteArtifactRow>('remote_artifact')
      .insert(chunk)
      .onConflict(['unit_id', 'remote_id'])
      .merge();
    await pause();
  }
}

/** Says which stored file is a unit's; one that has a file keeps it, for it is the same. */
export async function attachArtifacts(
  knex: Knex,
  rows: readonly DbUnitArtifactRow[],
): Promise<void> {
  for (const chunk of chunksOf(byUnit(rows), CHUNK)) {
    await knex<DbUnitArtifactRow>('unit_artifact')
      .insert(chunk)
      .onConflict('unit_id')
      .ignore();
    await pause();
  }
}
