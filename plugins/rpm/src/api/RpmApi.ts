import type {
  CopyEntry,
  Distribution,
  MissingRequirement,
  ModularPolicy,
  Modulemd,
  ModulemdDefaults,
  Package,
  Page,
  PlanCause,
  PlanChange,
  PlanUnit,
  Publication,
  Repository,
  RepositoryRollbackInput,
  RepositoryVersion,
  Task,
  VersionDiff,
  WaitForTaskOptions,
} from '@rpmportal/backstage-plugin-rpm-common';

/** Which part of a list to read. @public */
export interface PageRequest {
  limit: number;
  offset: number;
  signal?: AbortSignal;
}

/** Which repositories to list; what is given together narrows. @public */
export interface RepositoryFilter {
  name__in?: string[];
  /** Refs of the catalog entities that they belong to. */
  entity__in?: string[];
  /** Ref of the group or user that is set as their owner. */
  owner?: string;
}

/** What lists of packages show. @public */
export type PackageSummary = Pick<
  Package,
  'pulp_href' | 'name' | 'epoch' | 'version' | 'release' | 'arch' | 'summary'
>;

/** What the page of a package shows. @public */
export type PackageDetails = PackageSummary &
  Pick<
    Package,
    | 'description'
    | 'url'
    | 'rpm_license'
    | 'rpm_sourcerpm'
    | 'size_package'
    | 'size_installed'
    | 'time_build'
    | 'location_href'
  >;

/** What lists of modules show. @public */
export type ModuleSummary = Pick<
  Modulemd,
  | 'pulp_href'
  | 'name'
  | 'stream'
  | 'version'
  | 'context'
  | 'arch'
  | 'description'
  | 'artifacts'
  | 'missing_artifacts'
>;

/** What the page of a module shows. @public */
export type ModuleDetails = ModuleSummary &
  Pick<Modulemd, 'dependencies' | 'profiles' | 'pulp_artifacts_map'>;

/** What tells a module from others. @public */
export type ModuleIdentity = Pick<
  Modulemd,
  'pulp_href' | 'name' | 'stream' | 'version' | 'context' | 'arch'
>;

/** What to copy, and by which rules. @public */
export interface CopyInput {
  config: CopyEntry[];
  dependency_solving?: boolean;
  dependency_upgrade?: boolean;
  weak_dependencies?: boolean;
  modular_packages?: ModularPolicy;
  /** Makes a plan and changes nothing. */
  dry_run?: boolean;
}

/**
 * What the pages of the plugin ask of the backend.
 *
 * @remarks
 * All methods throw `RpmApiError` when the backend refuses.
 *
 * @public
 */
export interface RpmApi {
  /** Repositories that the user may see, newest first, read page by page as they are taken. */
  repositories(filter: RepositoryFilter): AsyncIterable<Repository>;
  /**
   * Repositories that the user may see, by name.
   *
   * @param name - a part of the name, in any case
   */
  listRepositories(
    page: PageRequest & { name?: string },
  ): Promise<Page<Repository>>;
  /** Versions of a repository, the highest number first. */
  listVersions(
    repository: Repository,
    page: PageRequest,
  ): Promise<Page<RepositoryVersion>>;
  /**
   * Checkpoints of a repository, newest first.
   *
   * @param versions - only those of these versions, by their hrefs
   */
  listCheckpoints(
    repository: Repository,
    page: PageRequest & { versions?: string[] },
  ): Promise<Page<Publication>>;
  /** All distributions that serve a repository. */
  listDistributions(repository: Repository): Promise<Distribution[]>;
  /** What the version `to` has that the version `from` has not, and the other way round. */
  compareVersions(
    versions: { from: string; to: string },
    page: PageRequest,
  ): Promise<VersionDiff>;
  /**
   * Packages of a version, by name, the newest first.
   *
   * @param version - its href
   * @param name - a part of the packages' name
   */
  listPackages(
    version: string,
    page: PageRequest & { name?: string },
  ): Promise<Page<PackageSummary>>;
  /**
   * A package of a version.
   *
   * @param version - href of the version
   * @param id - UUID of the package
   * @returns undefined when the version does not hold it
   */
  findPackage(
    version: string,
    id: string,
    signal?: AbortSignal,
  ): Promise<PackageDetails | undefined>;
  /**
   * Modules of a version, by name and stream, the newest first.
   *
   * @param version - its href
   * @param name - a part of the modules' name
   */
  listModules(
    version: string,
    page: PageRequest & { name?: string },
  ): Promise<Page<ModuleSummary>>;
  /**
   * A module, with those of its artifacts that a version holds.
   *
   * @param version - href of the version
   * @param id - UUID of the module
   * @returns undefined when the version does not hold it
   */
  findModule(
    version: string,
    id: string,
    signal?: AbortSignal,
  ): Promise<ModuleDetails | undefined>;
  /** What a version says of the default streams of these modules. */
  listModuleDefaults(
    version: string,
    names: string[],
    signal?: AbortSignal,
  ): Promise<ModulemdDefaults[]>;
  /**
   * Modules of a version that have a package as their artifact.
   *
   * @param version - its href
   * @param href - of the package
   */
  listModulesOfPackage(
    version: string,
    href: string,
    page: PageRequest,
  ): Promise<Page<ModuleIdentity>>;
  /** @returns the href of the task, whose result is a `CopyPreview` or a `CopyResult` */
  copy(input: CopyInput): Promise<string>;
  /** What a plan does with which units, those of one change and of some causes. */
  listPlanUnits(
    plan: string,
    page: PageRequest & { change: PlanChange; cause?: PlanCause[] },
  ): Promise<Page<PlanUnit>>;
  /** The requirements that nothing would meet. */
  listPlanMissing(
    plan: string,
    page: PageRequest,
  ): Promise<Page<MissingRequirement>>;
  /** @returns the href of the task, whose result is a `CopyResult` */
  applyPlan(plan: string, input: { reason: string }): Promise<string>;
  /** @returns the href of the task that makes the new version */
  rollBack(
    repository: Repository,
    input: RepositoryRollbackInput,
  ): Promise<string>;
  /** @throws `RpmTaskError` when the task fails or is cancelled */
  waitForTask(href: string, options: WaitForTaskOptions): Promise<Task>;
  /** Asks a task that has not ended to stop. */
  cancelTask(href: string): Promise<void>;
}
