import type { Knex } from 'knex';
import type { DbPackageRow } from '../../tables';

/** A package of which something else is stored than before. */
export interface Correction {
  unitId: number;
  /** A time stamp by the clock of the replica that did it. */
  at: string;
}

/** The packages that were corrected after a time. Few: each can be once, by an upload of its file. */
export async function listCorrections(
  knex: Knex,
  since: string,
): Promise<Correction[]> {
  return knex<DbPackageRow>('rpm_package')
    .select('unit_id as unitId', 'corrected_at as at')
    .where('corrected_at', '>', since);
}
