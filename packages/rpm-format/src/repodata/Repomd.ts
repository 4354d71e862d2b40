/** A digest with its kind as metadata spells it: `sha256`, `sha512`, `sha`, … */
export interface Checksum {
  type: string;
  value: string;
}

/** One file of a repository's metadata, a `<data>` element of repomd.xml. */
export interface RepomdRecord {
  /** `primary`, `filelists`, `other`, `updateinfo`, `group`, `modules`, `productid`, … */
  type: string;
  /** Relative to the repository's root, or to `locationBase`; not to be trusted as a path. */
  locationHref: string;
  locationBase?: string;
  /** Of the file as it is served. */
  checksum: Checksum;
  /** Of the decompressed content. */
  openChecksum?: Checksum;
  /** In bytes, as it is served. */
  size?: number;
  /** In bytes, decompressed. */
  openSize?: number;
  /** Unix seconds. */
  timestamp?: number;
  /** Schema version of an SQLite file. */
  databaseVersion?: number;
}

/** Free-form labels of a repository. */
export interface RepomdTags {
  content: string[];
  repo: string[];
  distro: { cpeid?: string; name: string }[];
}

/** The table of contents of a repository's metadata. */
export interface Repomd {
  /** Any text, usually Unix seconds; empty when absent. */
  revision: string;
  tags?: RepomdTags;
  records: RepomdRecord[];
}
