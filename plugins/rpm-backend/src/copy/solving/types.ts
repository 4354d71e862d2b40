import type { ClosureEntry } from '@rpmportal/rpm-solver';
import type { StoredSolverPackage } from '../../content-units/solverPackage';
import type { StoredSolverModule } from '../../database/operations/copy';

/** The job's name in the registry of the worker threads. */
export const SOLVE = 'copy.solve';

/** What a solving job is given at once. */
export interface SolveInput {
  entries: ClosureEntry[];
  dependencyUpgrade: boolean;
  /** As many missing requirements as are told one by one. */
  keptMissing: number;
}

/**
 * What a solving job is fed with. All versions are announced and all modules given before the first
 * package, so that artifacts are recognised as they come.
 */
export type SolveBatch =
  | {
      kind: 'version';
      key: string;
      defaultStreams: Record<string, string>;
    }
  | { kind: 'modules'; key: string; rows: StoredSolverModule[] }
  | { kind: 'packages'; key: string; rows: StoredSolverPackage[] };
