export interface DbDistributionTreeRow {
  unit_id: number;
  release_name: string;
  release_version: string;
  arch: string;
  /** The file `.treeinfo` as it came. */
  treeinfo: string;
}

/** A file of a tree that is part of no repository: images, mostly. */
export interface DbDistributionTreeFileRow {
  unit_id: number;
  /** Relative to the tree's root. */
  path: string;
  /** Null when the tree announces none that proves anything. */
  checksum_type: string | null;
  checksum: string | null;
  /** Null while the file is not stored. */
  artifact_id: number | null;
}

/** Where a file of a tree can be fetched from. */
export interface DbDistributionTreeSourceRow {
  unit_id: number;
  path: string;
  remote_id: number;
  url: string;
}

/** The version of a hidden repository that a tree has in one of its folders. */
export interface DbDistributionTreeRepositoryRow {
  unit_id: number;
  path: string;
  version_id: number;
}
