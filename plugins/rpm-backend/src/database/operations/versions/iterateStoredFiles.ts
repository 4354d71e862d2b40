import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { whereHeldByVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';
import { iterateUnitIds } from './readMembership';

/** A file that some unit of a version has and that is stored. */
export interface StoredUnitFile {
  unitId: number;
  /** Which file of a tree it is; undefined for units that have one file. */
  treePath: string | undefined;
  sha256: string;
  /** Bytes. */
  size: number;
}

interface StoredRow {
  unit_id: number;
  path?: string;
  sha256: string;
  size: number | string;
}

function toStoredUnitFile(row: StoredRow): StoredUnitFile {
  return {
    unitId: row.unit_id,
    treePath: row.path,
    sha256: row.sha256,
    // PostgreSQL's driver gives 64-bit integers as text.
    size: Number(row.size),
  };
}

/** Walks the stored files of a version and of the repositories inside its trees, in batches. */
export async function* iterateStoredFiles(
  knex: Knex,
  content: VersionContent,
): AsyncGenerator<StoredUnitFile[], void, undefined> {
  for (const part of [content, ...(await listTreeParts(knex, content))]) {
    for await (const ids of iterateUnitIds(knex, part)) {
      for (const chunk of chunksOf(ids)) {
        const files: StoredRow[] = await knex('unit_artifact as file')
          .join('artifact', 'artifact.id', 'file.artifact_id')
          .select('file.unit_id', 'artifact.sha256', 'artifact.size')
          .whereIn('file.unit_id', chunk);
        const ofTrees: StoredRow[] = await knex(
          'rpm_distribution_tree_file as file',
        )
          .join('artifact', 'artifact.id', 'file.artifact_id')
          .select(
            'file.unit_id',
            'file.path',
            'artifact.sha256',
            'artifact.size',
          )
          .whereIn('file.unit_id', chunk);
        yield [...files, ...ofTrees].map(toStoredUnitFile);
        await pause();
      }
    }
  }
}

/** The versions of hidden repositories that the trees of a version consist of. */
async function listTreeParts(
  knex: Knex,
  content: VersionContent,
): Promise<VersionContent[]> {
  const query = knex('rpm_distribution_tree_repository as part')
    .join('repository_version as version', 'version.id', 'part.version_id')
    .distinct({
      repositoryId: 'version.repository_id',
      number: 'version.number',
    });
  whereHeldByVersion(knex, query, 'part.unit_id', content);
  return query;
}
