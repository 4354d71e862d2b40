import { RpmChangelog, RpmFile } from '../package';

/** The three metadata files that have one entry for each package. */
export type PackageMetadataKind = 'primary' | 'filelists' | 'other';

/** What filelists.xml and other.xml repeat of a package. */
export interface PackageEntry {
  pkgId: string;
  name: string;
  epoch: string;
  version: string;
  release: string;
  arch: string;
}

/** A package's entry in filelists.xml: all files that it owns. */
export interface FilelistsEntry extends PackageEntry {
  files: RpmFile[];
}

/** A package's entry in other.xml: its change log in the file's order, which is oldest first. */
export interface OtherEntry extends PackageEntry {
  changelogs: RpmChangelog[];
}
