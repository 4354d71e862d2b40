import type { CompsUnit } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import type { DbCompsRow } from '../../tables';

/** A group, category, environment or langpacks with its unit's id. */
export interface StoredComps {
  unitId: number;
  comps: CompsUnit;
}

/** What comps units say, in ascending order of their ids. */
export async function readCompsDocuments(
  knex: Knex,
  ids: readonly number[],
): Promise<StoredComps[]> {
  const found: StoredComps[] = [];
  for (const chunk of chunksOf(ids, 100)) {
    const rows = await knex<DbCompsRow>('rpm_comps')
      .select('unit_id', 'document_json')
      .whereIn('unit_id', chunk);
    for (const row of rows) {
      found.push({
        unitId: row.unit_id,
        comps: JSON.parse(row.document_json),
      });
    }
  }
  return found.sort((a, b) => a.unitId - b.unitId);
}
