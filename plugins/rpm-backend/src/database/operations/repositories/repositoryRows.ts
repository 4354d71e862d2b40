import type { Knex } from 'knex';
import type {
  RepositoryFields,
  RepositoryRecord,
} from '../../../repository/types';
import { chunksOf } from '../../chunks';
import type {
  DbRemoteRow,
  DbRepositoryRow,
  DbRepositoryVersionRow,
} from '../../tables';

export function toRepositoryColumns(fields: RepositoryFields) {
  return {
    name: fields.name,
    description: fields.description ?? null,
    labels_json: JSON.stringify(fields.labels),
    remote_id: fields.remoteId ?? null,
    autopublish: fields.autopublish,
    retain_repo_versions: fields.retainRepoVersions ?? null,
    retain_checkpoints: fields.retainCheckpoints ?? null,
    retain_package_versions: fields.retainPackageVersions,
    modular_removal: fields.modularRemoval,
    checksum_type: fields.checksumType ?? null,
    compression_type: fields.compressionType ?? null,
    layout: fields.layout ?? null,
    repo_config_json: JSON.stringify(fields.repoConfig),
    package_signing_fingerprint: fields.packageSigningFingerprint ?? null,
    osv_config_json: fields.osvConfig ? JSON.stringify(fields.osvConfig) : null,
    owner_ref: fields.owner ?? null,
    entity_ref: fields.entity ?? null,
  };
}

/**
 * Completes rows with what other tables say: the latest version, the remote's UUID. A repository has a
 * version from its creation on and never loses its last one; one without was deleted between two
 * reads, and is left out.
 */
export async function toRepositoryRecords(
  knex: Knex,
  rows: readonly DbRepositoryRow[],
): Promise<RepositoryRecord[]> {
  const latest = new Map<number, { id: number; number: number }>();
  const remotes = new Map<number, string>();
  for (const chunk of chunksOf(rows)) {
    const versions = await knex<DbRepositoryVersionRow>('repository_version')
      .select('repository_id', 'id', 'number')
      .whereIn(
        ['repository_id', 'number'],
        knex<DbRepositoryVersionRow>('repository_version')
          .select('repository_id')
          .max('number')
          .whereIn(
            'repository_id',
            chunk.map(row => row.id),
          )
          .groupBy('repository_id'),
      );
    for (const { repository_id, id, number } of versions) {
      latest.set(repository_id, { id, number });
    }
    const remoteIds = chunk.flatMap(row => row.remote_id ?? []);
    for (const { id, uuid } of await knex<DbRemoteRow>('remote')
      .select('id', 'uuid')
      .whereIn('id', remoteIds)) {
      remotes.set(id, uuid);
    }
  }
  return rows.flatMap(row => {
    const latestVersion = latest.get(row.id);
    return latestVersion
      ? [toRecord(row, latestVersion, remotes.get(row.remote_id ?? NaN))]
      : [];
  });
}

function toRecord(
  row: DbRepositoryRow,
  latestVersion: RepositoryRecord['latestVersion'],
  remoteUuid: string | undefined,
): RepositoryRecord {
  return {
    id: row.id,
    uuid: row.uuid,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    name: row.name,
    description: row.description ?? undefined,
    labels: JSON.parse(row.labels_json),
    remoteId: row.remote_id ?? undefined,
    remoteUuid,
    autopublish: Boolean(row.autopublish),
    retainRepoVersions: row.retain_repo_versions ?? undefined,
    retainCheckpoints: row.retain_checkpoints ?? undefined,
    retainPackageVersions: row.retain_package_versions,
    modularRemoval: row.modular_removal,
    checksumType: row.checksum_type ?? undefined,
    compressionType: row.compression_type ?? undefined,
    layout: row.layout ?? undefined,
    repoConfig: JSON.parse(row.repo_config_json),
    packageSigningFingerprint: row.package_signing_fingerprint ?? undefined,
    osvConfig:
      row.osv_config_json === null
        ? undefined
        : JSON.parse(row.osv_config_json),
    owner: row.owner_ref ?? undefined,
    entity: row.entity_ref ?? undefined,
    createdBy: row.created_by ?? undefined,
    latestVersion,
  };
}
