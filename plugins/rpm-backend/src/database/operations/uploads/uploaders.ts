import type { Knex } from 'knex';
import type { DbArtifactUploaderRow, DbUnitUploaderRow } from '../../tables';

/** Remembers that somebody has shown the bytes of a unit; services without a name are not kept. */
export async function recordUnitUploader(
  knex: Knex,
  unitId: number,
  user: string | undefined,
): Promise<void> {
  if (user === undefined) return;
  await knex<DbUnitUploaderRow>('unit_uploader')
    .insert({ unit_id: unitId, user_ref: user })
    .onConflict(['unit_id', 'user_ref'])
    .ignore();
}

/** Remembers that somebody has shown the bytes of a stored file. */
export async function recordArtifactUploader(
  knex: Knex,
  artifactId: number,
  user: string | undefined,
): Promise<void> {
  if (user === undefined) return;
  await knex<DbArtifactUploaderRow>('artifact_uploader')
    .insert({ artifact_id: artifactId, user_ref: user })
    .onConflict(['artifact_id', 'user_ref'])
    .ignore();
}

/** Whether somebody has shown the bytes of a unit. */
export async function hasUploadedUnit(
  knex: Knex,
  unitId: number,
  user: string | undefined,
): Promise<boolean> {
  if (user === undefined) return false;
  const row = await knex<DbUnitUploaderRow>('unit_uploader')
    .where({ unit_id: unitId, user_ref: user })
    .first('unit_id');
  return row !== undefined;
}
