import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type {
  DistributionFields,
  DistributionRecord,
} from '../../../distribution/types';
import type { Visibility } from '../../../permissions/AccessControl';
import { oneOrMany, onlyType, uuidsOf, type FilteredList } from '../../filters';
import { whereLabels } from '../../labels';
import { lockIf, type ReadOptions } from '../../lock';
import { resolveNamePatterns } from '../../namePatterns';
import { listPage, type RowPage } from '../../pages';
import type { DbRepositoryRow } from '../../tables';
import { joinTargets, toDistributionRecord } from './distributionRows';
import { whereServes } from './whereServes';

function distributionList(knex: Knex): FilteredList {
  return {
    table: 'distribution',
    columns: {
      name: 'distribution.name',
      base_path: 'distribution.base_path',
      checkpoint: 'distribution.checkpoint',
    },
    ordered: {
      pulp_last_updated: 'distribution.updated_at',
      hidden: 'distribution.hidden',
      generate_repo_config: 'distribution.generate_repo_config',
      repository: 'distribution.repository_id',
      repository_version: 'distribution.version_id',
      publication: 'distribution.publication_id',
    },
    filters: {
      ...oneOrMany('repository', (where, names) =>
        where.whereIn('r.uuid', uuidsOf(names)),
      ),
      with_content: (where, name) => whereServes(knex, where, uuidsOf(name)),
      ...oneOrMany('pulp_type', onlyType),
      pulp_label_select: whereLabels(knex, 'distribution', 'distribution.id'),
    },
  };
}

/** The distribution with this UUID, or undefined. */
export async function readDistribution(
  knex: Knex,
  uuid: string,
  options: ReadOptions = {},
): Promise<DistributionRecord | undefined> {
  const query = joinTargets(knex)
    .select('distribution.*')
    .where('distribution.uuid', uuid)
    .first();
  lockIf(options, query, 'distribution');
  const row = await query;
  return row && toDistributionRecord(row);
}

/**
 * The distribution whose base path the given path begins with, part by part.
 *
 * @param path - relative to the content root
 */
export async function findDistributionByPath(
  knex: Knex,
  path: string,
): Promise<DistributionRecord | undefined> {
  const parts = path.split('/').filter(part => part);
  const candidates = parts.map((_, index) =>
    parts.slice(0, index + 1).join('/'),
  );
  // Deeper ones than any base path need not be looked for; paths do not overlap, so one matches.
  const row = await joinTargets(knex)
    .select('distribution.*')
    .whereIn('distribution.base_path', candidates.slice(0, 50))
    .first();
  return row && toDistributionRecord(row);
}

/** Names and paths of all that is shown in the root listing. */
export async function listShownBasePaths(knex: Knex): Promise<string[]> {
  const rows = await knex('distribution')
    .where('hidden', false)
    .orderBy('base_path')
    .select('base_path');
  return rows.map(row => row.base_path);
}

/** One page of distributions, newest first. */
export async function listDistributions(
  knex: Knex,
  filters: ListQuery,
  visible: Visibility,
): Promise<RowPage<DistributionRecord>> {
  const query = joinTargets(knex);
  if (visible !== 'all') {
    query.where(either => {
      for (const column of ['r.id', 'vr.id', 'pr.id']) {
        either.orWhereIn(column, visible.ids);
      }
    });
  }
  const page = await listPage<Parameters<typeof toDistributionRecord>[0]>(
    knex,
    query,
    await resolveNamePatterns(knex, 'distribution', filters),
    distributionList(knex),
  );
  return { ...page, rows: page.rows.map(toDistributionRecord) };
}

/** The UUID of the repository that the given targets serve; undefined when there is none. */
export async function readServedRepository(
  knex: Knex,
  targets: Pick<
    DistributionFields,
    'repositoryId' | 'versionId' | 'publicationId'
  >,
): Promise<string | undefined> {
  const { repositoryId, versionId, publicationId } = targets;
  const query = knex<DbRepositoryRow>('repository').select('repository.uuid');
  if (repositoryId !== undefined) {
    query.where('repository.id', repositoryId);
  } else if (versionId !== undefined) {
    query.whereIn(
      'repository.id',
      knex('repository_version').select('repository_id').where('id', versionId),
    );
  } else if (publicationId !== undefined) {
    query.whereIn(
      'repository.id',
      knex('publication').select('repository_id').where('id', publicationId),
    );
  } else {
    return undefined;
  }
  return (await query.first())?.uuid;
}
