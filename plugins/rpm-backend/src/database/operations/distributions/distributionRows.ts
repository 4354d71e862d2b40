import type { Knex } from 'knex';
import type {
  DistributionFields,
  DistributionRecord,
} from '../../../distribution/types';
import type { DbDistributionRow } from '../../tables';

/** A distribution joined with what it points at. */
interface JoinedRow extends DbDistributionRow {
  repository_uuid: string | null;
  version_number: number | null;
  version_repository_uuid: string | null;
  publication_uuid: string | null;
  publication_repository_uuid: string | null;
}

export function toDistributionColumns(fields: DistributionFields) {
  return {
    name: fields.name,
    base_path: fields.basePath,
    repository_id: fields.repositoryId ?? null,
    version_id: fields.versionId ?? null,
    publication_id: fields.publicationId ?? null,
    checkpoint: fields.checkpoint,
    hidden: fields.hidden,
    generate_repo_config: fields.generateRepoConfig,
    labels_json: JSON.stringify(fields.labels),
  };
}

/** Distributions with the names of what they point at; select `distribution.*` is added by pages. */
export function joinTargets(knex: Knex): Knex.QueryBuilder {
  return knex<DbDistributionRow>('distribution')
    .leftJoin('repository as r', 'r.id', 'distribution.repository_id')
    .leftJoin('repository_version as v', 'v.id', 'distribution.version_id')
    .leftJoin('repository as vr', 'vr.id', 'v.repository_id')
    .leftJoin('publication as p', 'p.id', 'distribution.publication_id')
    .leftJoin('repository as pr', 'pr.id', 'p.repository_id')
    .select({
      repository_uuid: 'r.uuid',
      version_number: 'v.number',
      version_repository_uuid: 'vr.uuid',
      publication_uuid: 'p.uuid',
      publication_repository_uuid: 'pr.uuid',
    });
}

export function toDistributionRecord(row: JoinedRow): DistributionRecord {
  return {
    id: row.id,
    uuid: row.uuid,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    name: row.name,
    basePath: row.base_path,
    repositoryId: row.repository_id ?? undefined,
    versionId: row.version_id ?? undefined,
    publicationId: row.publication_id ?? undefined,
    checkpoint: Boolean(row.checkpoint),
    hidden: Boolean(row.hidden),
    generateRepoConfig: Boolean(row.generate_repo_config),
    labels: JSON.parse(row.labels_json),
    repositoryUuid: row.repository_uuid ?? undefined,
    version:
      row.version_repository_uuid !== null && row.version_number !== null
        ? {
            repositoryUuid: row.version_repository_uuid,
            number: row.version_number,
          }
        : undefined,
    publicationUuid: row.publication_uuid ?? undefined,
    servedRepositoryUuid:
      row.repository_uuid ??
      row.version_repository_uuid ??
      row.publication_repository_uuid ??
      undefined,
    createdBy: row.created_by ?? undefined,
  };
}
