import type { DbFlag } from './columns';

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
  /** When what its file says took the place of what metadata said; null: never. */
  corrected_at: string | null;
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

/**
 * That a package is an artifact which a module names: a fact about the two units, in whatever
 * repositories they are.
 */
export interface DbModulemdArtifactMapRow {
  modulemd_id: number;
  /** The package. */
  artifact_id: number;
}

/** A package or a module whose rows of the map are still to be found. */
export interface DbModulemdMapPendingRow {
  unit_id: number;
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

/** A document of modules.yaml that is not understood. */
export interface DbModulemdDocumentRow {
  unit_id: number;
  /** What it calls itself. */
  document_type: string;
  document_version: string | null;
  /** The module it seems to be about, with its stream where it has one. */
  module: string | null;
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
