import type { DbEntityRow, DbFlag } from './columns';

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
  modular_removal: 'warn' | 'reject' | 'allow';
  checksum_type: string | null;
  compression_type: string | null;
  layout: string | null;
  repo_config_json: string;
  package_signing_fingerprint: string | null;
  osv_config_json: string | null;
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

export interface DbRepositoryContentRow {
  repository_id: number;
  unit_id: number;
  unit_type: string;
  version_added: number;
  version_removed: number | null;
  /** When it came, if the version that it came with is deleted; null: when `version_added` was made. */
  added_at?: string | null;
}

/** A label; the tables `repository_label`, `remote_label`, … add the id of what has it. */
export interface DbLabelRow {
  key: string;
  value: string;
}
