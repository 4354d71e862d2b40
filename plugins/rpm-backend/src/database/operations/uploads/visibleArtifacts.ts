import type { Knex } from 'knex';
import type { Visibility } from '../../../permissions/AccessControl';
import type { Artifact } from '../../../storage/types';
import type { DbArtifactRow } from '../../tables';
import { toArtifact } from '../artifacts/artifactRows';
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
