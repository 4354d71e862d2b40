import type { RpmPackage } from '@rpmportal/rpm-format';

/**
 * What the solver has to know of a package. Extra properties are ignored, so an `RpmPackage` with a
 * unit id and the paths of its files will do.
 */
export interface PackageRecord
  extends Pick<
    RpmPackage,
    | 'name'
    | 'epoch'
    | 'version'
    | 'release'
    | 'arch'
    | 'provides'
    | 'requires'
    | 'conflicts'
    | 'obsoletes'
    | 'recommends'
    | 'supplements'
  > {
  /** Integer id of the content unit; packages and modules share one number space. */
  unit: number;
  /** Absolute paths of all files, directories and ghosts that the package owns. */
  files: readonly string[];
}

/** A module (one modulemd document) and what it maps to. */
export interface ModuleRecord {
  /** Integer id of the content unit; packages and modules share one number space. */
  unit: number;
  name: string;
  stream: string;
  version: string;
  context: string;
  arch: string;
  /** `name-epoch:version-release.arch` of the packages that are its artifacts, be they there or not. */
  artifacts: readonly string[];
  /** All of these have to be met; the module `platform`, which no repository holds, is ignored. */
  requires: readonly ModuleRequirement[];
}

/**
 * A module that another one needs: any of `streams`, any stream when it is empty. Streams written
 * with a leading `-` are excluded; they only count when no other stream is named.
 */
export interface ModuleRequirement {
  name: string;
  streams: readonly string[];
}

/** One repository version, read whole. */
export interface RepositoryRecord {
  /** How requests name this repository version. */
  key: string;
  packages: Iterable<PackageRecord>;
  modules?: Iterable<ModuleRecord>;
  /** The default stream of each module that has one here. */
  defaultStreams?: Readonly<Record<string, string>>;
}
