import type { DbEntityRow, DbFlag } from './columns';

export interface DbPublicationRow extends DbEntityRow {
  repository_id: number;
  version_id: number;
  complete: DbFlag;
  checkpoint: DbFlag;
  /** Whole second, UTC, unique among a repository's checkpoints: `20250130T203000Z`. */
  checkpoint_stamp: string | null;
  checksum_type: string;
  compression_type: string;
  layout: string;
  repo_config_json: string;
  created_by: string | null;
}

/**
 * The metadata files of a publication. Packages have no rows: their paths follow from the version's
 * content and the layout, which keeps publishing independent of the number of packages.
 */
export interface DbPublicationFileRow {
  publication_id: number;
  /** Relative to the publication's root, `repodata/…`. */
  path: string;
  artifact_id: number;
}

/** Where a package is in a publication that has a remote's own metadata. */
export interface DbPublicationPackageRow {
  publication_id: number;
  /** Relative to the publication's root. */
  path: string;
  unit_id: number;
}

export interface DbDistributionRow extends DbEntityRow {
  name: string;
  base_path: string;
  repository_id: number | null;
  version_id: number | null;
  publication_id: number | null;
  checkpoint: DbFlag;
  hidden: DbFlag;
  generate_repo_config: DbFlag;
  labels_json: string;
  created_by: string | null;
}
