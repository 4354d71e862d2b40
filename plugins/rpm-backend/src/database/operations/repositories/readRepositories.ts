import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { Visibility } from '../../../permissions/AccessControl';
import type { RepositoryRecord } from '../../../repository/types';
import { applyFilters, uuidsOf } from '../../filters';
import { lockIf, type ReadOptions } from '../../lock';
import { listPage, type RowPage } from '../../pages';
import type { DbRemoteRow, DbRepositoryRow } from '../../tables';
import { whereVisible } from '../../visibility';
import { toRepositoryRecords } from './repositoryRows';

const COLUMNS = {
  name: 'repository.name',
  owner: 'repository.owner_ref',
  entity: 'repository.entity_ref',
  retain_repo_versions: 'repository.retain_repo_versions',
  retain_checkpoints: 'repository.retain_checkpoints',
  pulp_last_updated: 'repository.updated_at',
};

/**
 * Narrows to repositories that people know of: those of the variants and addons of trees are parts
 * of these.
 */
export function whereNotHidden(query: Knex.QueryBuilder): void {
  query.whereNull('repository.parent_id');
}

async function readOne(
  knex: Knex,
  key: Partial<Pick<DbRepositoryRow, 'id' | 'uuid' | 'name'>>,
  options: ReadOptions = {},
): Promise<RepositoryRecord | undefined> {
  const query = knex<DbRepositoryRow>('repository').where(key).first();
  if (key.id === undefined) whereNotHidden(query);
  lockIf(options, query, 'repository');
  const row: DbRepositoryRow | undefined = await query;
  return row && (await toRepositoryRecords(knex, [row]))[0];
}

/** The repository with this UUID that is not hidden, or undefined. */
export async function readRepository(
  knex: Knex,
  uuid: string,
  options?: ReadOptions,
): Promise<RepositoryRecord | undefined> {
  return readOne(knex, { uuid }, options);
}

/** The repository with this internal id, hidden or not, or undefined. */
export async function readRepositoryById(
  knex: Knex,
  id: number,
  options?: ReadOptions,
): Promise<RepositoryRecord | undefined> {
  return readOne(knex, { id }, options);
}

/** The repository of this name that is not hidden, or undefined. */
export async function readRepositoryByName(
  knex: Knex,
  name: string,
): Promise<RepositoryRecord | undefined> {
  return readOne(knex, { name });
}

function whereRemote(
  knex: Knex,
  query: Knex.QueryBuilder,
  filters: ListQuery,
): void {
  const uuids = uuidsOf(filters, 'remote');
  if (!uuids) return;
  const names = [filters.remote, filters.remote__in].flat();
  query.where(either => {
    either.whereIn(
      'repository.remote_id',
      knex<DbRemoteRow>('remote').select('id').whereIn('uuid', uuids),
    );
    if (names.includes('null')) either.orWhereNull('repository.remote_id');
  });
}

/** `with_content` looks at all versions, `latest_with_content` at the latest. */
function whereContent(
  knex: Knex,
  query: Knex.QueryBuilder,
  filters: ListQuery,
): void {
  for (const field of ['with_content', 'latest_with_content']) {
    const uuids = uuidsOf(filters, field);
    if (uuids) {
      const holding = knex('repository_content')
        .join('unit', 'unit.id', 'repository_content.unit_id')
        .select('repository_content.repository_id')
        .whereIn('unit.uuid', uuids);
      if (field === 'latest_with_content') {
        holding.whereNull('repository_content.version_removed');
      }
      query.whereIn('repository.id', holding);
    }
  }
}

/** One page of repositories, newest first. */
export async function listRepositories(
  knex: Knex,
  filters: ListQuery,
  visible: Visibility,
): Promise<RowPage<RepositoryRecord>> {
  const query = knex<DbRepositoryRow>('repository');
  whereNotHidden(query);
  applyFilters(query, filters, COLUMNS);
  whereRemote(knex, query, filters);
  whereContent(knex, query, filters);
  whereVisible(query, 'repository.id', visible);
  const page = await listPage<DbRepositoryRow>(
    query,
    filters,
    'repository',
    COLUMNS,
  );
  return { ...page, rows: await toRepositoryRecords(knex, page.rows) };
}
