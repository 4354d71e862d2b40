import { documentJobs } from '../documents/jobs';
import { READ_MODULES, readModulesJob } from '../modules/readModulesJob';
import { readRpmJob } from './readRpmJob';

export const READ_RPM = 'upload.readRpm';

/** The work on uploads that runs in threads. */
export const uploadJobs = {
  [READ_RPM]: readRpmJob,
  [READ_MODULES]: readModulesJob,
  ...documentJobs,
};
