import {
  listMetadataFilePaths,
  listPackagesByPath,
  readUnitPaths,
} from '../../database/operations/versions';
import { findPathOverlaps } from '../rules/findPathOverlaps';
import type { PathOverlap } from '../versionTypes';
import type { Planning } from './Planning';

/**
 * Which files get into each other's way by what comes in. To be called when the draft is settled;
 * what the starting content has of the kind has been told when it came.
 */
export async function findOverlaps({
  knex,
  start,
  draft,
}: Planning): Promise<PathOverlap[]> {
  const coming = await readUnitPaths(knex, [...draft.added]);
  const units = [...coming];
  if (start) {
    const paths = coming.map(({ path }) => path);
    const held = await listPackagesByPath(knex, start, paths);
    // Packages are files of the root, so only metadata files have folders to look into.
    if (paths.some(path => path.includes('/'))) {
      held.push(...(await listMetadataFilePaths(knex, start)));
    }
    units.push(...held.filter(({ unitId }) => !draft.removed.has(unitId)));
  }
  return findPathOverlaps(units).filter(({ unitIds }) =>
    unitIds.some(id => draft.added.has(id)),
  );
}
