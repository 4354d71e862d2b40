import { RENDER_METADATA } from '../publish/rendering';
import { renderMetadata } from '../publish/rendering/renderMetadata';
import { VERIFY_FILES, verifyFiles } from '../repository/repair/verifyFiles';
import { solvingJobs } from '../solving/jobs';
import { syncJobs } from '../sync/jobs';
import { uploadJobs } from '../upload/jobs';
import type { JobRegistry } from './createJobRunner';

/**
 * The work that runs in threads. Each room exports its job from its own folder and names it here;
 * a job's imports are loaded into every thread, so they stay clear of Backstage and the database.
 */
export const jobs: JobRegistry = {
  [RENDER_METADATA]: renderMetadata,
  [VERIFY_FILES]: verifyFiles,
  ...solvingJobs,
  ...syncJobs,
  ...uploadJobs,
};
