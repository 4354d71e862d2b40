/** Comparison of a versioned relation, spelled as in repository metadata. */
export type RelationFlag = 'EQ' | 'LT' | 'GT' | 'LE' | 'GE';

/**
 * One entry of a package's requires, provides, conflicts, … as in `<rpm:entry>`.
 *
 * @remarks
 * `name` is a capability, an absolute file path or, when it starts with `(`, a rich dependency.
 * Without `flags` there is no version; a missing `release` matches any release.
 */
export interface RpmRelation {
  name: string;
  flags?: RelationFlag;
  epoch?: string;
  version?: string;
  release?: string;
  /** Needed before the package's own scriptlets run (`pre="1"`). */
  pre?: boolean;
}

/**
 * A file, directory or ghost that a package owns. `path` is absolute, except in source packages,
 * whose files have plain names; directories have no slash at the end.
 */
export interface RpmFile {
  type: 'file' | 'dir' | 'ghost';
  path: string;
}

/** One changelog entry; `time` is in Unix seconds. */
export interface RpmChangelog {
  author: string;
  time: number;
  text: string;
}

/** The names of the relation lists, in the order in which metadata is written. */
export const RELATION_KINDS = [
  'provides',
  'requires',
  'conflicts',
  'obsoletes',
  'suggests',
  'enhances',
  'recommends',
  'supplements',
] as const;

export type RelationKind = (typeof RELATION_KINDS)[number];

/**
 * All that repository metadata says of one package, the common shape of the metadata readers and
 * writers and of the RPM header reader. Texts that are absent are empty strings; sizes are bytes,
 * times Unix seconds; `epoch` is a decimal string, `'0'` when absent.
 */
export interface RpmPackage extends Record<RelationKind, RpmRelation[]> {
  name: string;
  epoch: string;
  version: string;
  release: string;
  /** The binary architecture, or `src`/`nosrc`. */
  arch: string;
  /** Digest of the whole .rpm file, of kind `checksumType` (`sha256`, …). */
  pkgId: string;
  checksumType: string;
  summary: string;
  description: string;
  packager: string;
  url: string;
  timeFile: number;
  timeBuild: number;
  sizePackage: number;
  sizeInstalled: number;
  sizeArchive: number;
  /** Path below the repository root, or below `locationBase` when that is set. */
  locationHref: string;
  locationBase?: string;
  license: string;
  vendor: string;
  group: string;
  buildhost: string;
  sourcerpm: string;
  /** Byte range of the main header in the .rpm file. */
  headerStart: number;
  headerEnd: number;
  files: RpmFile[];
  /** Oldest first, as metadata lists them. */
  changelogs: RpmChangelog[];
}
