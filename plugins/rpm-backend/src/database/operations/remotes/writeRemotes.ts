import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { DbRemoteRow } from '../../tables';
import { currentTimestamp } from '../../time';
import { toRemoteColumns, type RemoteFields } from './remoteRows';

/** @returns the new remote's UUID */
export async function insertRemote(
  knex: Knex,
  fields: RemoteFields,
  createdBy: string | undefined,
): Promise<string> {
  const now = currentTimestamp();
  const uuid = uuidv7();
  await knex<DbRemoteRow>('remote').insert({
    ...toRemoteColumns(fields),
    uuid,
    created_at: now,
    updated_at: now,
    created_by: createdBy ?? null,
  });
  return uuid;
}

export async function updateRemote(
  knex: Knex,
  id: number,
  fields: RemoteFields,
): Promise<void> {
  await knex<DbRemoteRow>('remote')
    .where({ id })
    .update({ ...toRemoteColumns(fields), updated_at: currentTimestamp() });
}

/** Its repositories stay, without a remote; what is not stored yet can no longer be fetched. */
export async function deleteRemote(knex: Knex, id: number): Promise<void> {
  await knex<DbRemoteRow>('remote').where({ id }).delete();
}
