import type { Knex } from 'knex';
import {
  toMetadataFileDraft,
  type RepoMetadataFile,
} from '../../../content-units/metadataFileDraft';
import { insertDetails } from './insertDetails';
import { saveUnits } from './saveUnits';

/**
 * Creates the metadata files that are new and finds those that exist; their bytes are attached
 * apart, see {@link attachArtifacts}.
 *
 * @returns the unit ids in the order given; see {@link saveUnits}
 */
export async function saveRepoMetadataFiles(
  knex: Knex,
  files: readonly RepoMetadataFile[],
): Promise<number[]> {
  const drafts = files.map(toMetadataFileDraft);
  return saveUnits(knex, drafts, (trx, created) =>
    insertDetails(
      trx,
      'rpm_repo_metadata_file',
      created.map(({ unitId, draft }) => ({
        unit_id: unitId,
        ...draft.columns,
      })),
    ),
  );
}
