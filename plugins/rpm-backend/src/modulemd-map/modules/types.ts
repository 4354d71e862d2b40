import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Nevra } from '@rpmportal/rpm-format';
import type { RowPage } from '../../database/pages';
import type { Visibility } from '../../permissions/AccessControl';

/** One build of a module's stream: a modulemd unit. */
export interface ModuleBuild {
  id: number;
  uuid: string;
  name: string;
  stream: string;
  version: string;
  context: string;
  arch: string;
}

/** A stored package that is an artifact of a build. */
export interface AvailableArtifact extends Nevra {
  modulemdId: number;
  uuid: string;
  /** Text order is version order. */
  evrKey: string;
}

/** An installed package of which a stream has a newer one. */
export interface NewerArtifact {
  /** As the caller wrote it. */
  installed: string;
  available: AvailableArtifact;
  /** The newest build that names what is available. */
  build: ModuleBuild;
}

/** A stream of which packages are installed. */
export interface ApplicableStream {
  module: string;
  stream: string;
  /** Newest first. */
  builds: ModuleBuild[];
  /** As the caller wrote them. */
  installed: string[];
  newer: NewerArtifact[];
}

/** Which streams apply to a list of installed packages. */
export interface Applicability {
  /** By module and stream. */
  streams: ApplicableStream[];
  /** What the list has that names no package. */
  unreadable: string[];
}

export interface ApplicabilityQuery {
  /** Hrefs or PRNs; all that the caller may see when undefined. */
  versions: readonly string[] | undefined;
  /** What is installed: `name-epoch:version-release.arch`. */
  nevras: readonly string[];
  /** Of these modules only this stream applies. */
  enabledStreams: Readonly<Record<string, string>>;
}

interface CallOptions {
  credentials: BackstageCredentials;
  /** Narrows to what is in repositories that the caller may see; all when absent. */
  visible?: Visibility;
}

/** Asks the map: which modules hold a package, and which apply to a machine. */
export interface ModuleService {
  /**
   * The modules of which a package is an artifact, by name and stream, the newest first.
   *
   * @throws NotFoundError, InvalidInputError when `repository_version` names none
   */
  listOfPackage(
    packageUuid: string,
    query: { repository_version?: string; limit: number; offset: number },
    options: CallOptions,
  ): Promise<RowPage<ModuleBuild>>;
  /** @throws InvalidInputError when a version is not there */
  findApplicable(
    query: ApplicabilityQuery,
    options: CallOptions,
  ): Promise<Applicability>;
}
