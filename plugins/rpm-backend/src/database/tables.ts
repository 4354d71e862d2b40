/**
 * Row types. Time stamps are ISO-8601 UTC texts with microseconds and fixed width, so that they
 * order and compare alike on SQLite and PostgreSQL; flags are booleans on PostgreSQL and 0/1 on
 * SQLite (read them with `Boolean()`); columns named `*_json` hold JSON text.
 */
export interface DbEntityRow {
  id: number;
  uuid: string;
  created_at: string;
  updated_at: string;
}

export type DbFlag = boolean | 0 | 1;

export interface DbRemoteRow extends DbEntityRow {
  name: string;
  url: string;
  policy: string;
  labels_json: string;
  /** Everything else a remote can be told, secrets included; never leaves the remote room whole. */
  settings_json: string;
  owner_ref: string | null;
  entity_ref: string | null;
  created_by: string | null;
}

export interface DbRepositoryRow extends DbEntityRow {
  name: string;
  description: string | null;
  labels_json: string;
  remote_id: number | null;
  autopublish: DbFlag;
  retain_repo_versions: number | null;
  retain_checkpoints: number | null;
  retain_package_versions: number;
  checksum_type: string | null;
  compression_type: string | null;
  layout: string | null;
  repo_config_json: string;
  owner_ref: string | null;
  entity_ref: string | null;
  created_by: string | null;
  next_version: number;
  /** What the last successful sync saw, to recognise that nothing changed. */
  last_sync_json: string | null;
  /** The repository whose tree it is a part of; such a repository is hidden. */
  parent_id: number | null;
  /**
   * Its folder in the tree of its parent; null when it is kept only for versions that trees of the
   * parent came with.
   */
  tree_path: string | null;
}

export interface DbRepositoryVersionRow extends DbEntityRow {
  repository_id: number;
  number: number;
  base_version_id: number | null;
  /** `{added, removed, present}`, each a count by content type. */
  counts_json: string;
  /** It holds no more versions of a package, by name and arch and modular ones aside; null: unknown. */
  retained_package_versions: number | null;
  created_by: string | null;
  reason: string | null;
  /** Which operation made it and from what: `{operation, …}`. */
  inputs_json: string;
}

/**
 * Every content unit, whatever its type. `repo_key` is what may stand in a repository version only
 * once (null: no such rule); `digest` with the type is the unit's identity.
 */
export interface DbUnitRow {
  id: number;
  uuid: string;
  type: string;
  digest: string;
  repo_key: string | null;
  labels_json: string;
  created_at: string;
  /** When somebody last wanted it that found it in no repository; null: when it was created. */
  touched_at: string | null;
}

export interface DbRepositoryContentRow {
  repository_id: number;
  unit_id: number;
  unit_type: string;
  version_added: number;
  version_removed: number | null;
  /** When it came, if the version that it came with is deleted; null: when `version_added` was made. */
  added_at?: string | null;
}

export interface DbPackageRow {
  unit_id: number;
  name: string;
  epoch: string;
  version: string;
  release: string;
  arch: string;
  /** Binary-comparable: `ORDER BY evr_key` is rpm's order. */
  evr_key: string;
  pkg_id: string;
  checksum_type: string;
  /** File name `<n>-<v>-<r>.<a>.rpm`. */
  location_href: string;
  summary: string;
  description: string;
  url: string;
  packager: string;
  vendor: string;
  license: string;
  rpm_group: string;
  buildhost: string;
  sourcerpm: string;
  header_start: number;
  header_end: number;
  time_file: number;
  time_build: number;
  size_package: number;
  size_installed: number;
  size_archive: number;
  /** Keys that the file says it is signed with; null while nobody has read its header. */
  signing_keys_json: string | null;
  /** `name:stream:version:context` of the module it was built for, as its header says. */
  modularity_label: string | null;
}

/** The relation lists, each packed as `packRelations` does; read in bulk by the solver. */
export interface DbPackageRelationsRow {
  unit_id: number;
  provides: string;
  requires: string;
  conflicts: string;
  obsoletes: string;
  suggests: string;
  enhances: string;
  recommends: string;
  supplements: string;
}

/** File list and changelogs, packed; apart because few readers want them and they are large. */
export interface DbPackageExtrasRow {
  unit_id: number;
  files: string;
  changelogs: string;
}

export interface DbAdvisoryRow {
  unit_id: number;
  advisory_id: string;
  updated_date: string;
  issued_date: string;
  type: string;
  severity: string;
  status: string;
  title: string;
  /** The whole advisory as rpm-format's `Advisory`. */
  document_json: string;
}

export interface DbModulemdRow {
  unit_id: number;
  name: string;
  stream: string;
  version: string;
  context: string;
  arch: string;
  static_context: DbFlag | null;
  description: string;
  artifacts_json: string;
  dependencies_json: string;
  profiles_json: string;
  snippet: string;
}

/** The artifacts a module's document names, by NEVRA columns, so that they match packages by index. */
export interface DbModulemdArtifactRow {
  modulemd_id: number;
  name: string;
  epoch: string;
  version: string;
  release: string;
  arch: string;
}

export interface DbModulemdDefaultsRow {
  unit_id: number;
  module: string;
  stream: string | null;
  profiles_json: string;
  snippet: string;
}

export interface DbModulemdObsoleteRow {
  unit_id: number;
  module_name: string;
  module_stream: string;
  modified: string;
  document_json: string;
  snippet: string;
}

/** Groups, categories, environments and langpacks: all of comps. */
export interface DbCompsRow {
  unit_id: number;
  /** The element's `id`; empty for langpacks. */
  comps_id: string;
  name: string;
  document_json: string;
}

export interface DbRepoMetadataFileRow {
  unit_id: number;
  data_type: string;
  relative_path: string;
  checksum_type: string;
  checksum: string;
}

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

export interface DbArtifactRow {
  id: number;
  uuid: string;
  /** Hex; also the file's name in the storage. */
  sha256: string;
  size: number;
  md5: string | null;
  sha1: string | null;
  sha224: string;
  sha384: string;
  sha512: string;
  created_at: string;
  /** When it was last stored or wanted again; null: when it was created. */
  touched_at: string | null;
}

/** The file of a unit that has one (packages, metadata files), once it is stored. */
export interface DbUnitArtifactRow {
  unit_id: number;
  artifact_id: number;
}

/** Where a unit's file can be fetched from. */
export interface DbRemoteArtifactRow {
  unit_id: number;
  remote_id: number;
  url: string;
  size: number | null;
  checksum_type: string;
  checksum: string;
}

/** A file that comes in pieces, until it is whole. */
export interface DbUploadRow extends DbEntityRow {
  /** Bytes of the whole file. */
  size: number;
  created_by: string | null;
}

/** A piece of an upload. Where pieces overlap, the one with the highest id counts. */
export interface DbUploadChunkRow {
  id: number;
  upload_id: number;
  offset: number;
  size: number;
  /** Below the upload's folder in the storage. */
  file_name: string;
}

/** Who has shown the bytes of a unit, and therefore sees it wherever it is. */
export interface DbUnitUploaderRow {
  unit_id: number;
  user_ref: string;
}

/** Who has shown the bytes of a stored file. */
export interface DbArtifactUploaderRow {
  artifact_id: number;
  user_ref: string;
}

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

export interface DbTaskRow extends DbEntityRow {
  name: string;
  state: string;
  input_json: string;
  created_by: string | null;
  logging_cid: string;
  /** Set when all reservations were free and a worker took it. */
  unblocked_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  worker_id: string | null;
  /** The task's changes are in the database: when its worker dies now, it has still succeeded. */
  committed: DbFlag;
  error_json: string | null;
  result_json: string | null;
  progress_json: string;
  created_resources_json: string;
  task_group_id: number | null;
  /** The task that queued this one. */
  parent_task_id: number | null;
}

/** Tasks that were queued together; kept as long as one of them is. */
export interface DbTaskGroupRow extends DbEntityRow {
  description: string;
  created_by: string | null;
  /** What its progress reports count: `{code, message}[]`. */
  progress_json: string;
}

/** A label; the tables `repository_label`, `remote_label`, … add the id of what has it. */
export interface DbLabelRow {
  key: string;
  value: string;
}

/** What a task writes (exclusive) or relies on (shared), by PRN or by name of a namespace. */
export interface DbTaskReservationRow {
  task_id: number;
  resource: string;
  exclusive: DbFlag;
  /** Until the task is final. Kept afterwards as a record of what it reserved. */
  held: DbFlag;
}

/** A process that runs tasks; a heartbeat that stops means its tasks are lost. */
export interface DbTaskWorkerRow {
  id: string;
  started_at: string;
  heartbeat_at: string;
}
