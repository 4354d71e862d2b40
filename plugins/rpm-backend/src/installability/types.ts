import type { BrokenPackage } from '@rpmportal/rpm-solver';
import type { RowPage } from '../database/pages';
import type { CallOptions } from '../repository/types';
import type { VersionRecord } from '../repository';

/** What of a report is asked for. */
export interface InstallabilityQuery {
  /** References to versions that may be used besides. */
  contexts: readonly string[];
  /** Machine architectures; those that the version serves when empty. */
  architectures: readonly string[];
  limit: number;
  offset: number;
}

/** A broken package with its address. */
export interface BrokenUnit extends Omit<BrokenPackage, 'unit'> {
  /** Undefined for what was deleted since. */
  href: string | undefined;
}

/** A page of a report. */
export interface InstallabilityPage extends RowPage<BrokenUnit> {
  version: VersionRecord;
  /** In the order of their ids. */
  contexts: VersionRecord[];
  architectures: string[];
  packageCount: number;
  brokenCount: number;
}

export interface InstallabilityOptions extends CallOptions {
  /** Aborted when nobody waits for the report any more. */
  signal: AbortSignal;
  /** Whether the caller may see a context; all when absent. */
  mayRead?: (repositoryUuid: string) => Promise<boolean>;
}

/** Tells which packages of a version cannot be installed. */
export interface InstallabilityService {
  /**
   * @throws NotFoundError, InvalidInputError naming the context that is not there, AbortError
   */
  report(
    repositoryUuid: string,
    number: number,
    query: InstallabilityQuery,
    options: InstallabilityOptions,
  ): Promise<InstallabilityPage>;
}
