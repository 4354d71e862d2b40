import type { JobRegistry } from '../workers/createJobRunner';
import { buildImage, keepImage, readImage } from './imageJobs';
import {
  BUILD_IMAGE,
  KEEP_IMAGE,
  READ_IMAGE,
  REPORT,
  SOLVE,
  WRITE_PROBLEM,
} from './jobTypes';
import { writeProblemFile } from './problemJob';
import { reportInstallability } from './reportJob';
import { solve } from './solveJob';

/** The room's work in threads. */
export const solvingJobs: JobRegistry = {
  [BUILD_IMAGE]: buildImage,
  [READ_IMAGE]: readImage,
  [KEEP_IMAGE]: keepImage,
  [SOLVE]: solve,
  [REPORT]: reportInstallability,
  [WRITE_PROBLEM]: writeProblemFile,
};
