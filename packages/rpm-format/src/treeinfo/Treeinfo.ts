/** A product's name as `.treeinfo` gives it; texts that it leaves out are empty. */
export interface TreeProduct {
  name: string;
  short: string;
  version: string;
}

/** A variant or addon of a tree: a repository of its own, or the tree's main one. */
export interface TreeVariant {
  id: string;
  /** With the ids of what it belongs to: `Server-HighAvailability`. */
  uid: string;
  name: string;
  /** `variant`, `optional`, `addon`, … */
  type: string;
  /** Folder of the packages, relative to the tree's root. */
  packages: string;
  /** Folder of the repository, relative to the tree's root and normalised; empty for the root itself. */
  repository: string;
  sourcePackages: string | undefined;
  sourceRepository: string | undefined;
  debugPackages: string | undefined;
  debugRepository: string | undefined;
  /** Certificate of the product. */
  identity: string | undefined;
}

/** A file that installers boot from or load. */
export interface TreeImage {
  /** `kernel`, `boot.iso`, … */
  name: string;
  /** Relative to the tree's root, normalised. */
  path: string;
  /** The platforms that name it so. */
  platforms: string[];
}

/** A digest that the tree announces of one of its files. */
export interface TreeChecksum {
  /** Relative to the tree's root, normalised. */
  path: string;
  /** `sha256`, … */
  type: string;
  value: string;
}

/** What `.treeinfo` says of an installable tree. */
export interface Treeinfo {
  /** `0.0` for files from before there was a format. */
  headerVersion: string;
  release: TreeProduct & { isLayered: boolean };
  /** What a layered release is for. */
  baseProduct: TreeProduct | undefined;
  arch: string;
  /** Unix seconds, with fractions. */
  buildTimestamp: number;
  instimage: string | undefined;
  mainimage: string | undefined;
  discnum: number | undefined;
  totaldiscs: number | undefined;
  variants: TreeVariant[];
  addons: TreeVariant[];
  /** Every file of the tree that is part of no repository. */
  images: TreeImage[];
  checksums: TreeChecksum[];
}
