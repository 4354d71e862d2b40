import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { UploadChunk, UploadRecord } from '../../../upload/chunks/types';
import { chunksOf } from '../../chunks';
import { lockIf, type ReadOptions } from '../../lock';
import { listPage, type RowPage } from '../../pages';
import type { DbUploadChunkRow, DbUploadRow } from '../../tables';
import { currentTimestamp } from '../../time';

/** Whose uploads: everybody's, or one caller's. */
export type UploadOwner = 'all' | { user: string | undefined };

function toUpload(row: DbUploadRow): UploadRecord {
  return {
    id: row.id,
    uuid: row.uuid,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    // PostgreSQL's driver gives 64-bit integers as text.
    size: Number(row.size),
    createdBy: row.created_by ?? undefined,
  };
}

/** What nobody is known to have begun belongs to all who are not known either. */
function whereOwned(query: Knex.QueryBuilder, owner: UploadOwner): void {
  if (owner !== 'all') query.where({ created_by: owner.user ?? null });
}

export async function insertUpload(
  knex: Knex,
  size: number,
  createdBy: string | undefined,
): Promise<UploadRecord> {
  const now = currentTimestamp();
  const [row] = await knex<DbUploadRow>('upload')
    .insert({
      uuid: uuidv7(),
      created_at: now,
      updated_at: now,
      size,
      created_by: createdBy ?? null,
    })
    .returning('*');
  return toUpload(row);
}

export async function readUpload(
  knex: Knex,
  key: { uuid: string } | { id: number },
  options: ReadOptions & { owner?: UploadOwner } = {},
): Promise<UploadRecord | undefined> {
  const query = knex<DbUploadRow>('upload').where(key).first();
  whereOwned(query, options.owner ?? 'all');
  lockIf(options, query, 'upload');
  const row: DbUploadRow | undefined = await query;
  return row && toUpload(row);
}

export async function listUploads(
  knex: Knex,
  filters: ListQuery,
  owner: UploadOwner,
): Promise<RowPage<UploadRecord>> {
  const query = knex('upload');
  whereOwned(query, owner);
  const page = await listPage<DbUploadRow>(knex, query, filters, {
    table: 'upload',
    columns: { size: 'upload.size' },
  });
  return { count: page.count, rows: page.rows.map(toUpload) };
}

/** Those in which nothing has happened since then. */
export async function listIdleUploads(
  knex: Knex,
  since: string,
): Promise<UploadRecord[]> {
  const rows = await knex<DbUploadRow>('upload')
    .where('updated_at', '<', since)
    .orderBy('id');
  return rows.map(toUpload);
}

/** @returns whether it was still there */
export async function deleteUpload(knex: Knex, id: number): Promise<boolean> {
  return (await knex<DbUploadRow>('upload').where({ id }).delete()) > 0;
}

/** The pieces in the order in which they came. */
export async function listChunks(
  knex: Knex,
  uploadId: number,
): Promise<UploadChunk[]> {
  const rows = await knex<DbUploadChunkRow>('upload_chunk')
    .where({ upload_id: uploadId })
    .orderBy('id');
  return rows.map(toChunk);
}

function toChunk(row: DbUploadChunkRow): UploadChunk {
  return {
    id: row.id,
    offset: Number(row.offset),
    size: Number(row.size),
    fileName: row.file_name,
  };
}

/** The pieces that lie wholly in a stretch of the file. */
export async function listChunksWithin(
  knex: Knex,
  uploadId: number,
  { offset, size }: Pick<UploadChunk, 'offset' | 'size'>,
): Promise<UploadChunk[]> {
  const rows = await knex<DbUploadChunkRow>('upload_chunk')
    .where({ upload_id: uploadId })
    .where('offset', '>=', offset)
    .whereRaw('?? + ?? <= ?', ['offset', 'size', offset + size]);
  return rows.map(toChunk);
}

/** How many pieces have come, and their bytes. */
export async function countChunks(
  knex: Knex,
  uploadId: number,
): Promise<{ count: number; size: number }> {
  const [row]: Record<'count' | 'size', unknown>[] = await knex('upload_chunk')
    .where({ upload_id: uploadId })
    .count({ count: '*' })
    .sum({ size: 'size' });
  return { count: Number(row.count), size: Number(row.size ?? 0) };
}

export async function insertChunk(
  trx: Knex.Transaction,
  uploadId: number,
  chunk: Omit<UploadChunk, 'id'>,
): Promise<void> {
  await trx<DbUploadChunkRow>('upload_chunk').insert({
    upload_id: uploadId,
    offset: chunk.offset,
    size: chunk.size,
    file_name: chunk.fileName,
  });
  await trx<DbUploadRow>('upload')
    .where({ id: uploadId })
    .update({ updated_at: currentTimestamp() });
}

export async function deleteChunks(
  trx: Knex.Transaction,
  ids: readonly number[],
): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await trx<DbUploadChunkRow>('upload_chunk').whereIn('id', chunk).delete();
  }
}
