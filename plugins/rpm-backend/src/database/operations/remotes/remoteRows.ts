import type { DownloadPolicy } from '@rpmportal/backstage-plugin-rpm-common';
import type { RemoteRecord } from '../../../remote/types';
import type { DbRemoteRow } from '../../tables';

/** What of a remote can be changed. */
export type RemoteFields = Pick<
  RemoteRecord,
  | 'name'
  | 'url'
  | 'policy'
  | 'labels'
  | 'settings'
  | 'secrets'
  | 'owner'
  | 'entity'
>;

export function toRemoteColumns(fields: RemoteFields) {
  return {
    name: fields.name,
    url: fields.url,
    policy: fields.policy,
    labels_json: JSON.stringify(fields.labels),
    settings_json: JSON.stringify({
      settings: fields.settings,
      secrets: fields.secrets,
    }),
    owner_ref: fields.owner ?? null,
    entity_ref: fields.entity ?? null,
  };
}

export function toRemoteRecord(row: DbRemoteRow): RemoteRecord {
  const { settings, secrets } = JSON.parse(row.settings_json);
  return {
    id: row.id,
    uuid: row.uuid,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    name: row.name,
    url: row.url,
    policy: row.policy as DownloadPolicy,
    labels: JSON.parse(row.labels_json),
    settings,
    secrets,
    owner: row.owner_ref ?? undefined,
    entity: row.entity_ref ?? undefined,
    createdBy: row.created_by ?? undefined,
  };
}
