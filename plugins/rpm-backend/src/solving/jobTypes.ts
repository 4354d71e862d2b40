import type { ClosureRequest, OpenedRepository } from '@rpmportal/rpm-solver';
import type { StoredSolverModule } from '../database/operations/solving';
import type { InstallabilityInput, SolveInput } from './types';
import type { UnitSet } from './unitSets';

/** The jobs' names in the registry of the worker threads. */
export const BUILD_IMAGE = 'solving.buildImage';
export const READ_IMAGE = 'solving.readImage';
export const KEEP_IMAGE = 'solving.keepImage';
export const SOLVE = 'solving.solve';
export const REPORT = 'solving.installability';
export const WRITE_PROBLEM = 'solving.writeProblem';

/** An image as threads hand it to each other: nothing of it is copied. */
export interface SharedImage {
  bytes: Uint8Array;
  units: UnitSet;
}

/** Makes one image of others and of what the job is fed with. */
export interface BuildInput {
  /** All that the image is to know. */
  wanted: UnitSet;
  sources: {
    bytes: Uint8Array;
    /** What the source does not know as it is now. */
    stale: UnitSet;
  }[];
}

/** What is in no image yet. */
export type BuildBatch =
  | { kind: 'modules'; rows: StoredSolverModule[] }
  /** As `packSolverPackages` packs them. */
  | { kind: 'packages'; packed: string };

export interface ReadInput {
  path: string;
}

/** Writes what an image knows of some units into a file, completely or not at all. */
export interface KeepInput {
  bytes: Uint8Array;
  units: UnitSet;
  path: string;
  /** In the same file system. */
  temporaryPath: string;
}

/** What to solve on. */
export interface PoolInput {
  /** Distinct for each image that there ever was. */
  imageId: string;
  bytes: Uint8Array;
  repositories: OpenedRepository[];
}

export interface SolveJobInput {
  pool: PoolInput;
  request: SolveInput;
}

export interface ReportJobInput {
  pool: PoolInput;
  request: InstallabilityInput;
}

export interface ProblemJobInput {
  pool: PoolInput;
  request: Omit<ClosureRequest, 'shouldCancel'>;
  /** Of the file to write. */
  path: string;
}
