import type { PackageRecord } from '@rpmportal/rpm-solver';
import { unpackFiles, unpackRelations } from './packing';

/** Between packages that are packed for the solver: no text that is stored contains it. */
export const ROW_END = '\x1c';
/** Between the columns of one. */
export const COLUMN_END = '\x1d';

/** What the solver needs of a package, in the order in which it is packed. */
export const SOLVER_COLUMNS = [
  'package.unit_id',
  'package.name',
  'package.epoch',
  'package.version',
  'package.release',
  'package.arch',
  'relations.provides',
  'relations.requires',
  'relations.conflicts',
  'relations.obsoletes',
  'relations.recommends',
  'relations.supplements',
  'extras.files',
] as const;

/** Reads what `packSolverPackages` packed. Pure and without Backstage or database. */
export function* unpackSolverPackages(
  packed: string,
): Generator<PackageRecord, void, undefined> {
  if (packed === '') return;
  for (const row of packed.split(ROW_END)) yield toPackage(row);
}

function toPackage(row: string): PackageRecord {
  const [
    unit,
    name,
    epoch,
    version,
    release,
    arch,
    provides,
    requires,
    conflicts,
    obsoletes,
    recommends,
    supplements,
    files,
  ] = row.split(COLUMN_END);
  return {
    unit: Number(unit),
    name,
    epoch,
    version,
    release,
    arch,
    provides: unpackRelations(provides),
    requires: unpackRelations(requires),
    conflicts: unpackRelations(conflicts),
    obsoletes: unpackRelations(obsoletes),
    recommends: unpackRelations(recommends),
    supplements: unpackRelations(supplements),
    files: unpackFiles(files).map(({ path }) => path),
  };
}
