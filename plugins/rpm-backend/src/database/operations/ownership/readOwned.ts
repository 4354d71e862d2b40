import type { Knex } from 'knex';
import type { DbRemoteRow, DbRepositoryRow } from '../../tables';

/** Kinds that belong to somebody. */
export type OwnedKind = 'repository' | 'remote';

/** What decides to whom a repository or remote belongs. */
export interface OwnedRow {
  id: number;
  uuid: string;
  name: string;
  labels: Record<string, string>;
  /** Set on the resource itself. */
  owner: string | undefined;
  /** The catalog entity it belongs to. */
  entity: string | undefined;
  createdBy: string | undefined;
}

/**
 * Repositories or remotes with what decides on their ownership.
 *
 * @param uuids - all when absent
 */
export async function readOwned(
  knex: Knex,
  kind: OwnedKind,
  uuids?: readonly string[],
): Promise<OwnedRow[]> {
  const query = knex<DbRepositoryRow | DbRemoteRow>(kind).select(
    'id',
    'uuid',
    'name',
    'labels_json',
    'owner_ref',
    'entity_ref',
    'created_by',
  );
  if (uuids) query.whereIn('uuid', uuids);
  const rows = await query;
  return rows.map(row => ({
    id: row.id,
    uuid: row.uuid,
    name: row.name,
    labels: JSON.parse(row.labels_json),
    owner: row.owner_ref ?? undefined,
    entity: row.entity_ref ?? undefined,
    createdBy: row.created_by ?? undefined,
  }));
}
