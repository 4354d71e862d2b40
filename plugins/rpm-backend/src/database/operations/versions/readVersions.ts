import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { parseReference } from '../../../identifiers';
import type { Visibility } from '../../../permissions/AccessControl';
import type { VersionRecord } from '../../../repository/versionTypes';
import { chunksOf } from '../../chunks';
import {
  oneOrMany,
  uuidsOf,
  type FilteredList,
  type WhereFilter,
} from '../../filters';
import { whereHoldsUnit } from '../../membership';
import { listPage, type RowPage } from '../../pages';
import type { DbRepositoryRow, DbRepositoryVersionRow } from '../../tables';
import { whereVersionNamed } from '../../versionNames';
import { whereVisible } from '../../visibility';
import { whereNotHidden } from '../repositories/readRepositories';

function versionList(knex: Knex): FilteredList {
  const whereNamed: WhereFilter = (where, names) =>
    whereVersionNamed(where, names, {
      repositoryUuid: 'repository.uuid',
      uuid: 'repository_version.uuid',
      number: 'repository_version.number',
    });
  return {
    table: 'repository_version',
    columns: {
      number: 'repository_version.number',
      pulp_created: 'repository_version.created_at',
    },
    ordered: {
      pulp_last_updated: 'repository_version.updated_at',
      repository: 'repository_version.repository_id',
      base_version: 'repository_version.base_version_id',
      created_by: 'repository_version.created_by',
      reason: 'repository_version.reason',
    },
    filters: {
      ...oneOrMany('content', (where, names) =>
        whereHoldsUnit(knex, where, 'repository_version', uuidsOf(names)),
      ),
      pulp_href__in: whereNamed,
      prn__in: whereNamed,
    },
  };
}

type BaseRow = Pick<DbRepositoryVersionRow, 'id' | 'number'> & {
  repository_uuid: string;
};

/**
 * Completes rows with the UUIDs of their repositories and the place of their base versions. Those
 * whose repository was deleted between two reads are left out.
 */
async function toVersionRecords(
  knex: Knex,
  rows: readonly DbRepositoryVersionRow[],
): Promise<VersionRecord[]> {
  const repositories = new Map<number, string>();
  const bases = new Map<number, VersionRecord['baseVersion']>();
  for (const chunk of chunksOf(rows)) {
    for (const { id, uuid } of await knex<DbRepositoryRow>('repository')
      .select('id', 'uuid')
      .whereIn('id', [...new Set(chunk.map(row => row.repository_id))])) {
      repositories.set(id, uuid);
    }
    const baseIds = chunk.flatMap(row => row.base_version_id ?? []);
    const baseRows: BaseRow[] = baseIds.length
      ? await knex('repository_version as base')
          .join('repository', 'repository.id', 'base.repository_id')
          .select(
            'base.id',
            'base.number',
            'repository.uuid as repository_uuid',
          )
          .whereIn('base.id', baseIds)
      : [];
    for (const base of baseRows) {
      bases.set(base.id, {
        repositoryUuid: base.repository_uuid,
        number: base.number,
      });
    }
  }
  const remaining = rows.filter(row => repositories.has(row.repository_id));
  return remaining.map(row => ({
    id: row.id,
    uuid: row.uuid,
    repositoryId: row.repository_id,
    repositoryUuid: repositories.get(row.repository_id)!,
    number: row.number,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    baseVersion: bases.get(row.base_version_id ?? NaN),
    counts: JSON.parse(row.counts_json),
    retainedPackageVersions: row.retained_package_versions ?? undefined,
    createdBy: row.created_by ?? undefined,
    reason: row.reason ?? undefined,
    inputs: JSON.parse(row.inputs_json),
  }));
}

async function firstOf(
  knex: Knex,
  query: Knex.QueryBuilder<DbRepositoryVersionRow, DbRepositoryVersionRow[]>,
): Promise<VersionRecord | undefined> {
  const rows = await query
    .select('repository_version.*')
    .orderBy('repository_version.number', 'desc')
    .limit(1);
  return (await toVersionRecords(knex, rows))[0];
}

/** The version with this internal id, or undefined. */
export async function readVersionById(
  knex: Knex,
  id: number,
): Promise<VersionRecord | undefined> {
  return firstOf(
    knex,
    knex<DbRepositoryVersionRow>('repository_version').where({ id }),
  );
}

/** The version with this number of a repository, hidden or not, or undefined. */
export async function readVersion(
  knex: Knex,
  repositoryUuid: string,
  number: number,
): Promise<VersionRecord | undefined> {
  return firstOf(
    knex,
    knex<DbRepositoryVersionRow>('repository_version')
      .join('repository', 'repository.id', 'repository_version.repository_id')
      .where({
        'repository.uuid': repositoryUuid,
        'repository_version.number': number,
      }),
  );
}

/** The latest version of a repository; undefined only when there is no such repository. */
export async function readLatestVersion(
  knex: Knex,
  repositoryId: number,
): Promise<VersionRecord | undefined> {
  return firstOf(
    knex,
    knex<DbRepositoryVersionRow>('repository_version').where({
      repository_id: repositoryId,
    }),
  );
}

/** The newest version of the repository that is older than `number`, or undefined. */
export async function readPreviousVersion(
  knex: Knex,
  repositoryId: number,
  number: number,
): Promise<VersionRecord | undefined> {
  return firstOf(
    knex,
    knex<DbRepositoryVersionRow>('repository_version')
      .where({ repository_id: repositoryId })
      .where('number', '<', number),
  );
}

/**
 * The version that an href or PRN names; a repository's stands for its latest version.
 *
 * @param options - `withHidden` also finds those of hidden repositories
 * @returns undefined when the text is no such reference or leads nowhere
 */
export async function resolveVersion(
  knex: Knex,
  reference: string,
  { withHidden = false }: { withHidden?: boolean } = {},
): Promise<VersionRecord | undefined> {
  const query = knex<DbRepositoryVersionRow>('repository_version').join(
    'repository',
    'repository.id',
    'repository_version.repository_id',
  );
  if (!withHidden) whereNotHidden(query);
  const parsed = parseReference(reference);
  if (parsed?.kind === 'repository') {
    query.where('repository.uuid', parsed.uuid);
  } else if (parsed?.kind !== 'version') {
    return undefined;
  } else if ('repositoryUuid' in parsed) {
    query.where({
      'repository.uuid': parsed.repositoryUuid,
      'repository_version.number': parsed.number,
    });
  } else {
    query.where('repository_version.uuid', parsed.uuid);
  }
  return firstOf(knex, query);
}

/**
 * One page of versions, highest number first within a repository, else newest first.
 *
 * @param repositoryId - of all repositories when undefined
 */
export async function listVersions(
  knex: Knex,
  repositoryId: number | undefined,
  filters: ListQuery,
  visible: Visibility,
): Promise<RowPage<VersionRecord>> {
  const query = knex<DbRepositoryVersionRow>('repository_version').join(
    'repository',
    'repository.id',
    'repository_version.repository_id',
  );
  whereNotHidden(query);
  if (repositoryId !== undefined) {
    query.where('repository_version.repository_id', repositoryId);
  }
  whereVisible(query, 'repository_version.repository_id', visible);
  const page = await listPage<DbRepositoryVersionRow>(
    knex,
    query,
    filters,
    versionList(knex),
  );
  return { ...page, rows: await toVersionRecords(knex, page.rows) };
}
