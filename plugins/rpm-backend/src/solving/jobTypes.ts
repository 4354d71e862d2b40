import type { StoredSolverPackage } from '../content-units/solverPackage';
import type { StoredSolverModule } from '../database/operations/copy';

/** The jobs' names in the registry of the worker threads. */
export const SOLVE = 'solving.solve';
export const REPORT = 'solving.installability';

/**
 * What a job is fed with. All versions are announced and all modules given before the first package,
 * so that artifacts are recognised as they come.
 */
export type SolveBatch =
  | {
      kind: 'version';
      key: string;
      defaultStreams: Record<string, string>;
    }
  | { kind: 'modules'; key: string; rows: StoredSolverModule[] }
  | { kind: 'packages'; key: string; rows: StoredSolverPackage[] };
