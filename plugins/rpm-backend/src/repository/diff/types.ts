import type {
  DiffChange,
  DiffKind,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { UnitLabel } from '../../database/operations/versions';
import type { RowPage } from '../../database/pages';
import type { CallOptions } from '../types';
import type { VersionRecord } from '../versionTypes';
import type { UnitDifference } from './compareUnits';

/** Which differences to show. */
export interface DiffQuery {
  /** Href or PRN of the version to compare with; see {@link VersionDiffService.diff}. */
  from?: string;
  kinds?: readonly DiffKind[];
  changes?: readonly DiffChange[];
  limit: number;
  offset: number;
}

/** How many differences there are, by kind and change; kinds without any are left out. */
export type DiffCounts = Partial<Record<DiffKind, Record<DiffChange, number>>>;

/** One page of what a version has in another way than another one. */
export interface VersionDiffPage extends RowPage<UnitDifference<UnitLabel>> {
  /** Undefined: compared with nothing. */
  from: VersionRecord | undefined;
  to: VersionRecord;
  /** Of the whole difference, whatever the filters. */
  counts: DiffCounts;
}

export interface DiffOptions extends CallOptions {
  /** Whether the caller may read another repository; each when absent. */
  mayRead?: (repositoryUuid: string) => Promise<boolean>;
}

/** Compares versions of repositories. */
export interface VersionDiffService {
  /**
   * What a version has and another one has not, and the other way round. Compares with the base
   * version when none is named, or with the version before where there is no base version that the
   * caller may read; with nothing when there is neither.
   *
   * @throws NotFoundError, InvalidInputError when `from` leads nowhere
   */
  diff(
    repositoryUuid: string,
    number: number,
    query: DiffQuery,
    options: DiffOptions,
  ): Promise<VersionDiffPage>;
}
