import { readPackagesJob } from './readPackagesJob';
import { readUnitsJob } from './readUnitsJob';

export const READ_PACKAGES = 'sync.readPackages';
export const READ_UNITS = 'sync.readUnits';

/** The work of a sync that runs in threads. */
export const syncJobs = {
  [READ_PACKAGES]: readPackagesJob,
  [READ_UNITS]: readUnitsJob,
};
