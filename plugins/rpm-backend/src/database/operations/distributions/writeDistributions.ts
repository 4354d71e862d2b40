import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { DistributionFields } from '../../../distribution/types';
import type { DbDistributionRow } from '../../tables';
import { currentTimestamp } from '../../time';
import { toDistributionColumns } from './distributionRows';

/** Any number; it only has to be the same in all replicas. */
const BASE_PATH_LOCK = 7_210_412;

/**
 * Makes this transaction the only one that changes base paths, which no constraint could keep from
 * overlapping. SQLite has one writer anyway.
 */
export async function lockBasePaths(trx: Knex.Transaction): Promise<void> {
  if (trx.client.config.client === 'pg') {
    await trx.raw('select pg_advisory_xact_lock(?)', [BASE_PATH_LOCK]);
  }
}

/** The other distributions' names by base path. */
export async function readBasePaths(
  trx: Knex.Transaction,
  exceptId: number | undefined,
): Promise<{ name: string; base_path: string }[]> {
  const query = trx<DbDistributionRow>('distribution').select(
    'name',
    'base_path',
  );
  if (exceptId !== undefined) query.whereNot('id', exceptId);
  return query;
}

/** @returns the new distribution's UUID */
export async function insertDistribution(
  trx: Knex.Transaction,
  fields: DistributionFields,
  createdBy: string | undefined,
): Promise<string> {
  const now = currentTimestamp();
  const uuid = uuidv7();
  await trx<DbDistributionRow>('distribution').insert({
    ...toDistributionColumns(fields),
    uuid,
    created_at: now,
    updated_at: now,
    created_by: createdBy ?? null,
  });
  return uuid;
}

export async function updateDistribution(
  trx: Knex.Transaction,
  id: number,
  fields: DistributionFields,
): Promise<void> {
  await trx<DbDistributionRow>('distribution')
    .where({ id })
    .update({
      ...toDistributionColumns(fields),
      updated_at: currentTimestamp(),
    });
}

export async function deleteDistribution(
  trx: Knex.Transaction,
  id: number,
): Promise<void> {
  await trx<DbDistributionRow>('distribution').where({ id }).delete();
}
