import { SOLVE } from '../copy/solving/types';
import { solve } from '../copy/solving/solveJob';
import { RENDER_METADATA } from '../publish/rendering';
import { renderMetadata } from '../publish/rendering/renderMetadata';
import { VERIFY_FILES, verifyFiles } from '../repository/repair/verifyFiles';
import { syncJobs } from '../sync/jobs';
import { uploadJobs } from '../upload/jobs';
import type { JobRegistry } from './createJobRunner';

/**
 * The work that runs in threads. Each room exports its job from its own folder and names it here;
 * a job's imports are loaded into every thread, so they stay clear of Backstage and the database.
 */
export const jobs: JobRegistry = {
  [SOLVE]: solve,
  [RENDER_METADATA]: renderMetadata,
  [VERIFY_FILES]: verifyFiles,
  ...syncJobs,
  ...uploadJobs,
};
