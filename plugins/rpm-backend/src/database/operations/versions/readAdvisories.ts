import type { Advisory } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbAdvisoryRow } from '../../tables';

/** An advisory with its unit's id. */
export interface StoredAdvisory {
  unitId: number;
  advisory: Advisory;
}

/** The whole advisories that units are, by advisory id. */
export async function readAdvisories(
  knex: Knex,
  units: readonly { id: number }[],
): Promise<Map<string, StoredAdvisory[]>> {
  const byAdvisoryId = new Map<string, StoredAdvisory[]>();
  for (const chunk of chunksOf(units, 100)) {
    const rows = await knex<DbAdvisoryRow>('rpm_advisory')
      .select('unit_id', 'document_json')
      .whereIn(
        'unit_id',
        chunk.map(({ id }) => id),
      )
      .orderBy('unit_id');
    for (const row of rows) {
      const advisory: Advisory = JSON.parse(row.document_json);
      const stored = byAdvisoryId.get(advisory.id) ?? [];
      byAdvisoryId.set(advisory.id, [
        ...stored,
        { unitId: row.unit_id, advisory },
      ]);
    }
    await pause();
  }
  return byAdvisoryId;
}
