import type { UnitRecord } from '../../../content-units/types';
import type { ContentType } from '../../../identifiers';
import type { DbUnitRow } from '../../tables';

export function toUnitRecord(row: DbUnitRow): UnitRecord {
  return {
    id: row.id,
    uuid: row.uuid,
    type: row.type as ContentType,
    digest: row.digest,
    labels: JSON.parse(row.labels_json),
    createdAt: row.created_at,
  };
}
