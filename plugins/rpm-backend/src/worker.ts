import { createJobRunner } from './workers/createJobRunner';
import { jobs } from './workers/jobs';

/** Entry file of worker threads; loaded by the thread pool, not meant to be imported. */
export const runJob = createJobRunner(jobs);
