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
 * Repositories or remotes with what decides on their ownership. Hidden repositories belong to whom
 * the repository belongs that they are a part of.
 *
 * @param uuids - all when absent
 */
export async function readOwned(
  knex: Knex,
  kind: OwnedKind,
  uuids?: readonly string[],
): Promise<OwnedRow[]> {
  const query = knex(`${kind} as resource`).select(
    'resource.id',
    'resource.uuid',
    'owned.name',
    'owned.labels_json',
    'owned.owner_ref',
    'owned.entity_ref',
    'owned.created_by',
  );
  const ownership =
    kind === 'repository'
      ? 'owned.id = coalesce(resource.parent_id, resource.id)'
      : 'owned.id = resource.id';
  query.join(`${kind} as owned`, knex.raw(ownership));
  if (uuids) query.whereIn('resource.uuid', uuids);
  const rows: (DbRepositoryRow | DbRemoteRow)[] = await query;
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
