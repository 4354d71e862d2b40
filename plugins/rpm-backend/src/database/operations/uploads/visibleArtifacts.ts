import {
  FILE_DIGESTS,
  type ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { VersionScope } from '../../../content-units/versionScopes';
import type { Visibility } from '../../../permissions/AccessControl';
import type { Artifact } from '../../../storage/types';
import type { FilteredList } from '../../filters';
import { listPage, type RowPage } from '../../pages';
import type { DbArtifactRow } from '../../tables';
import { toArtifact } from '../artifacts/artifactRows';
import { whereInScope } from '../content-units/filterUnits';
import { ORPHAN_ARTIFACTS, whereOrphan } from '../orphans';
import { whereUnitVisible } from '../content-units/readUnit';

/** Narrows to files that the caller has uploaded, or that are a visible unit's. */
function whereArtifactVisible(
  knex: Knex,
  query: Knex.QueryBuilder,
  visible: Visibility,
): void {
  if (visible === 'all') return;
  const { user } = visible;
  query.where(either => {
    either.whereExists(
      knex('unit_artifact as shown_file')
        .select(knex.raw('1'))
        .whereRaw('shown_file.artifact_id = artifact.id')
        .modify(files =>
          whereUnitVisible(knex, files, 'shown_file.unit_id', visible),
        ),
    );
    if (user === undefined) return;
    either.orWhereExists(
      knex('artifact_uploader as sent')
        .select(knex.raw('1'))
        .whereRaw('sent.artifact_id = artifact.id')
        .where('sent.user_ref', user),
    );
  });
}

/** The stored file, or undefined when there is none that the caller may see. */
export async function readVisibleArtifact(
  knex: Knex,
  uuid: string,
  visible: Visibility,
): Promise<Artifact | undefined> {
  const query = knex<DbArtifactRow>('artifact').where({ uuid }).first();
  whereArtifactVisible(knex, query, visible);
  const row: DbArtifactRow | undefined = await query;
  return row && toArtifact(row);
}

/** The files that the caller may see: those of a version, or unused ones, where that is asked for. */
export async function listVisibleArtifacts(
  knex: Knex,
  filters: ListQuery,
  visible: Visibility,
): Promise<RowPage<Artifact>> {
  const query = knex('artifact');
  whereArtifactVisible(knex, query, visible);
  const page = await listPage<DbArtifactRow>(
    knex,
    query,
    filters,
    artifactList(knex),
  );
  return { count: page.count, rows: page.rows.map(toArtifact) };
}

function artifactList(knex: Knex): FilteredList {
  return {
    table: 'artifact',
    columns: Object.fromEntries(
      ['size', ...FILE_DIGESTS].map(field => [field, `artifact.${field}`]),
    ),
    ordered: {
      pulp_last_updated: 'artifact.created_at',
      file: 'artifact.sha256',
    },
    filters: {
      repository_version: (where, scope: VersionScope) =>
        where.whereExists(
          knex('unit_artifact as file')
            .select(knex.raw('1'))
            .whereRaw('file.artifact_id = artifact.id')
            .modify(files => whereInScope(knex, files, 'file.unit_id', scope)),
        ),
      orphaned_since: (where, time: string) =>
        whereOrphan(knex, where, ORPHAN_ARTIFACTS, time),
    },
  };
}
