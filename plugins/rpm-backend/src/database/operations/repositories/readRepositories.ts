import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { Visibility } from '../../../permissions/AccessControl';
import type { RepositoryRecord } from '../../../repository/types';
import {
  onlyType,
  oneOrMany,
  uuidsOf,
  type FilteredList,
  type WhereFilter,
} from '../../filters';
import { whereLabels } from '../../labels';
import { lockIf, type ReadOptions } from '../../lock';
import { resolveNamePatterns } from '../../namePatterns';
import { listPage, type RowPage } from '../../pages';
import type { DbRemoteRow, DbRepositoryRow } from '../../tables';
import { whereVisible } from '../../visibility';
import { toRepositoryRecords } from './repositoryRows';

function repositoryList(knex: Knex): FilteredList {
  return {
    table: 'repository',
    columns: {
      name: 'repository.name',
      entity: 'repository.entity_ref',
      retain_repo_versions: 'repository.retain_repo_versions',
      retain_checkpoints: 'repository.retain_checkpoints',
    },
    ordered: {
      pulp_last_updated: 'repository.updated_at',
      description: 'repository.description',
      remote: 'repository.remote_id',
      autopublish: 'repository.autopublish',
      retain_package_versions: 'repository.retain_package_versions',
      modular_removal: 'repository.modular_removal',
      checksum_type: 'repository.checksum_type',
      compression_type: 'repository.compression_type',
      layout: 'repository.layout',
      owner: 'repository.owner_ref',
    },
    filters: {
      ...oneOrMany('remote', whereRemote(knex)),
      with_content: whereContent(knex),
      latest_with_content: whereContent(knex, { latest: true }),
      ...oneOrMany('pulp_type', onlyType),
      pulp_label_select: whereLabels(knex, 'repository', 'repository.id'),
    },
  };
}

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

/** The remote that a repository has; `null` stands for none. */
function whereRemote(knex: Knex): WhereFilter {
  return (where, names: string | string[]) => {
    where.whereIn(
      'repository.remote_id',
      knex<DbRemoteRow>('remote').select('id').whereIn('uuid', uuidsOf(names)),
    );
    if ([names].flat().includes('null')) {
      where.orWhereNull('repository.remote_id');
    }
  };
}

/** Some version holds the unit, or the latest one does. */
function whereContent(
  knex: Knex,
  { latest = false }: { latest?: boolean } = {},
): WhereFilter {
  return (where, name: string) => {
    const holding = knex('repository_content')
      .join('unit', 'unit.id', 'repository_content.unit_id')
      .select('repository_content.repository_id')
      .whereIn('unit.uuid', uuidsOf(name));
    if (latest) holding.whereNull('repository_content.version_removed');
    where.whereIn('repository.id', holding);
  };
}

/** All repositories that are not hidden, by what names them. */
export async function listAllRepositories(
  knex: Knex,
): Promise<Pick<RepositoryRecord, 'id' | 'uuid'>[]> {
  const query = knex<DbRepositoryRow>('repository');
  whereNotHidden(query);
  return query.select('id', 'uuid').orderBy('id');
}

/** One page of repositories, newest first. */
export async function listRepositories(
  knex: Knex,
  filters: ListQuery,
  visible: Visibility,
): Promise<RowPage<RepositoryRecord>> {
  const query = knex<DbRepositoryRow>('repository');
  whereNotHidden(query);
  whereVisible(query, 'repository.id', visible);
  const page = await listPage<DbRepositoryRow>(
    knex,
    query,
    await resolveNamePatterns(knex, 'repository', filters),
    repositoryList(knex),
  );
  return { ...page, rows: await toRepositoryRecords(knex, page.rows) };
}
