import type { PackageRecord } from '@rpmportal/rpm-solver';
import type { StoredPackage } from './storedPackage';
import { unpackFiles, unpackRelations } from './packing';

/** What the solver needs of a package, lists still packed; see `StoredPackage`. */
export type StoredSolverPackage = Pick<
  StoredPackage,
  | 'unit_id'
  | 'name'
  | 'epoch'
  | 'version'
  | 'release'
  | 'arch'
  | 'provides'
  | 'requires'
  | 'conflicts'
  | 'obsoletes'
  | 'recommends'
  | 'supplements'
  | 'files'
>;

/** Reads the lists of a package for the solver. Pure and without Backstage or database. */
export function toSolverPackage(row: StoredSolverPackage): PackageRecord {
  return {
    unit: row.unit_id,
    name: row.name,
    epoch: row.epoch,
    version: row.version,
    release: row.release,
    arch: row.arch,
    provides: unpackRelations(row.provides),
    requires: unpackRelations(row.requires),
    conflicts: unpackRelations(row.conflicts),
    obsoletes: unpackRelations(row.obsoletes),
    recommends: unpackRelations(row.recommends),
    supplements: unpackRelations(row.supplements),
    files: unpackFiles(row.files).map(({ path }) => path),
  };
}
