import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { Visibility } from '../../../permissions/AccessControl';
import type { PublicationRecord } from '../../../publish/types';
import { oneOrMany, onlyType, uuidsOf, type FilteredList } from '../../filters';
import { whereHoldsUnit } from '../../membership';
import { listPage, type RowPage } from '../../pages';
import type { DbPublicationRow } from '../../tables';
import { whereVersionNamed } from '../../versionNames';
import { whereVisible } from '../../visibility';

function publicationList(knex: Knex): FilteredList {
  return {
    table: 'publication',
    columns: {
      checkpoint: 'publication.checkpoint',
      pulp_created: 'publication.created_at',
    },
    ordered: {
      pulp_last_updated: 'publication.updated_at',
      repository: 'publication.repository_id',
      repository_version: 'v.number',
      checkpoint_timestamp: 'publication.checkpoint_stamp',
      checksum_type: 'publication.checksum_type',
      compression_type: 'publication.compression_type',
      layout: 'publication.layout',
    },
    filters: {
      ...oneOrMany('pulp_type', onlyType),
      ...oneOrMany('repository', (where, names) =>
        where.whereIn('r.uuid', uuidsOf(names)),
      ),
      ...oneOrMany('repository_version', (where, names) =>
        whereVersionNamed(where, names, {
          repositoryUuid: 'r.uuid',
          uuid: 'v.uuid',
          number: 'v.number',
        }),
      ),
      ...oneOrMany('content', (where, names) =>
        whereHoldsUnit(knex, where, 'v', uuidsOf(names)),
      ),
    },
  };
}

/** A publication joined with its version and repository. */
interface JoinedRow extends DbPublicationRow {
  repository_uuid: string;
  version_number: number;
}

function joinPublications(knex: Knex): Knex.QueryBuilder {
  return knex<DbPublicationRow>('publication')
    .join('repository as r', 'r.id', 'publication.repository_id')
    .join('repository_version as v', 'v.id', 'publication.version_id')
    .select({ repository_uuid: 'r.uuid', version_number: 'v.number' });
}

function toPublicationRecord(row: JoinedRow): PublicationRecord {
  return {
    id: row.id,
    uuid: row.uuid,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    repositoryId: row.repository_id,
    repositoryUuid: row.repository_uuid,
    version: { id: row.version_id, number: row.version_number },
    complete: Boolean(row.complete),
    checkpoint: Boolean(row.checkpoint),
    checkpointStamp: row.checkpoint_stamp ?? undefined,
    checksumType: row.checksum_type as PublicationRecord['checksumType'],
    compressionType:
      row.compression_type as PublicationRecord['compressionType'],
    layout: row.layout as PublicationRecord['layout'],
    repoConfig: JSON.parse(row.repo_config_json),
    createdBy: row.created_by ?? undefined,
  };
}

async function firstOf(
  query: Knex.QueryBuilder,
): Promise<PublicationRecord | undefined> {
  const row = await query.select('publication.*').first();
  return row && toPublicationRecord(row);
}

/** The publication with this UUID, or undefined. */
export async function readPublication(
  knex: Knex,
  uuid: string,
): Promise<PublicationRecord | undefined> {
  return firstOf(joinPublications(knex).where('publication.uuid', uuid));
}

/** The publication with this internal id, or undefined. */
export async function readPublicationById(
  knex: Knex,
  id: number,
): Promise<PublicationRecord | undefined> {
  return firstOf(joinPublications(knex).where('publication.id', id));
}

/** The newest complete publication of a version, or undefined. */
export async function readPublicationOfVersion(
  knex: Knex,
  versionId: number,
): Promise<PublicationRecord | undefined> {
  return firstOf(
    joinPublications(knex)
      .where({ 'publication.version_id': versionId })
      .where('publication.complete', true)
      .orderBy('publication.id', 'desc'),
  );
}

/** The complete publications of a version, newest first. */
export async function listPublicationsOfVersion(
  knex: Knex,
  versionId: number,
): Promise<PublicationRecord[]> {
  const rows: JoinedRow[] = await joinPublications(knex)
    .where({ 'publication.version_id': versionId })
    .where('publication.complete', true)
    .orderBy('publication.id', 'desc')
    .select('publication.*');
  return rows.map(toPublicationRecord);
}

function joinNewestFirst(knex: Knex, repositoryId: number): Knex.QueryBuilder {
  return joinPublications(knex)
    .where('publication.repository_id', repositoryId)
    .where('publication.complete', true)
    .orderBy([
      { column: 'v.number', order: 'desc' },
      { column: 'publication.id', order: 'desc' },
    ]);
}

/** The newest complete publication of the newest version that has one, or undefined. */
export async function readPublicationOfRepository(
  knex: Knex,
  repositoryId: number,
): Promise<PublicationRecord | undefined> {
  return firstOf(joinNewestFirst(knex, repositoryId));
}

/**
 * The complete publications of a repository, those of the newest version first, of one version the
 * newest first.
 *
 * @param limit - how many at most
 */
export async function listNewestPublications(
  knex: Knex,
  repositoryId: number,
  limit: number,
): Promise<PublicationRecord[]> {
  const rows: JoinedRow[] = await joinNewestFirst(knex, repositoryId)
    .select('publication.*')
    .limit(limit);
  return rows.map(toPublicationRecord);
}

/** The newest checkpoint of a repository that is not later than a stamp, or undefined. */
export async function readCheckpointAt(
  knex: Knex,
  repositoryId: number,
  stamp: string,
): Promise<PublicationRecord | undefined> {
  return firstOf(
    joinPublications(knex)
      .where('publication.repository_id', repositoryId)
      .where('publication.complete', true)
      .where('publication.checkpoint', true)
      .where('publication.checkpoint_stamp', '<=', stamp)
      .orderBy('publication.checkpoint_stamp', 'desc'),
  );
}

/** The stamps of a repository's checkpoints, oldest first. */
export async function listCheckpointStamps(
  knex: Knex,
  repositoryId: number,
): Promise<string[]> {
  const rows = await knex<DbPublicationRow>('publication')
    .where({ repository_id: repositoryId, complete: true, checkpoint: true })
    .orderBy('checkpoint_stamp')
    .select('checkpoint_stamp');
  return rows.flatMap(row => row.checkpoint_stamp ?? []);
}

/** One page of complete publications, newest first. */
export async function listPublications(
  knex: Knex,
  filters: ListQuery,
  visible: Visibility,
): Promise<RowPage<PublicationRecord>> {
  const query = joinPublications(knex).where('publication.complete', true);
  whereVisible(query, 'publication.repository_id', visible);
  const page = await listPage<JoinedRow>(
    knex,
    query,
    filters,
    publicationList(knex),
  );
  return { ...page, rows: page.rows.map(toPublicationRecord) };
}
