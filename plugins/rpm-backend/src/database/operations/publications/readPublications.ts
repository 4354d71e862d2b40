import type {
  CompressionType,
  Layout,
  ListQuery,
  PublishedChecksumType,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { parseReference } from '../../../identifiers';
import type { Visibility } from '../../../permissions/AccessControl';
import type { PublicationRecord } from '../../../publish/types';
import { applyFilters, uuidsOf } from '../../filters';
import { whereHoldsUnit } from '../../membership';
import { listPage, type RowPage } from '../../pages';
import type { DbPublicationRow } from '../../tables';
import { whereVisible } from '../../visibility';

const COLUMNS = {
  checkpoint: 'publication.checkpoint',
  pulp_created: 'publication.created_at',
};

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
    checksumType: row.checksum_type as PublishedChecksumType,
    compressionType: row.compression_type as CompressionType,
    layout: row.layout as Layout,
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

/** Internal ids of what hrefs or PRNs of one kind name, by a look-up of theirs. */
function whereReferences(
  query: Knex.QueryBuilder,
  filters: ListQuery,
  name: 'repository' | 'repository_version',
): void {
  const texts = (filters[`${name}__in`] ??
    (filters[name] && [filters[name]])) as string[] | undefined;
  if (!texts) return;
  query.where(either => {
    either.whereRaw('1 = 0');
    for (const text of texts) {
      const reference = parseReference(text);
      if (name === 'repository' && reference?.kind === 'repository') {
        either.orWhere('r.uuid', reference.uuid);
      } else if (
        name === 'repository_version' &&
        reference?.kind === 'version'
      ) {
        either.orWhere(
          'uuid' in reference
            ? { 'v.uuid': reference.uuid }
            : {
                'r.uuid': reference.repositoryUuid,
                'v.number': reference.number,
              },
        );
      }
    }
  });
}

/** One page of complete publications, newest first. */
export async function listPublications(
  knex: Knex,
  filters: ListQuery,
  visible: Visibility,
): Promise<RowPage<PublicationRecord>> {
  const query = joinPublications(knex).where('publication.complete', true);
  applyFilters(query, filters, COLUMNS);
  whereReferences(query, filters, 'repository');
  whereReferences(query, filters, 'repository_version');
  whereVisible(query, 'publication.repository_id', visible);
  const units = uuidsOf(filters, 'content');
  if (units) whereHoldsUnit(knex, query, 'v', units);
  const page = await listPage<JoinedRow>(
    query,
    filters,
    'publication',
    COLUMNS,
  );
  return { ...page, rows: page.rows.map(toPublicationRecord) };
}
