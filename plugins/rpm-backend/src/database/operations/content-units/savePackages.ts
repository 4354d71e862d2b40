import type { RpmPackage } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import {
  toPackageDraft,
  type PackageDraft,
} from '../../../content-units/packageDraft';
import { chunksBySize } from '../../chunks';
import { pause } from '../../pause';
import { mapArtifacts, markPending } from '../artifact-map';
import { insertDetails } from './insertDetails';
import { saveUnits } from './saveUnits';

/** Packing a file costs about 0.2 µs. */
const PACKING = { maxCount: 100, maxSize: 50_000 };

/**
 * Saves packages whose drafts were made elsewhere, in a worker thread for instance, and maps them to
 * the modules that name them.
 *
 * @param createdIds - gets the ids of those that are new
 * @returns the unit ids in the order given; see {@link saveUnits}
 */
export async function savePackageDrafts(
  knex: Knex,
  drafts: readonly PackageDraft[],
  createdIds?: Set<number>,
): Promise<number[]> {
  const ids = await saveUnits(
    knex,
    drafts,
    async (trx, created) => {
      const rowsOf = (part: 'columns' | 'relations' | 'extras') =>
        created.map(({ unitId, draft }) => ({
          unit_id: unitId,
          ...draft[part],
        }));
      await insertDetails(trx, 'rpm_package', rowsOf('columns'));
      await insertDetails(trx, 'rpm_package_relations', rowsOf('relations'));
      await insertDetails(trx, 'rpm_package_extras', rowsOf('extras'));
      await markPending(
        trx,
        created.map(({ unitId }) => unitId),
      );
    },
    createdIds,
  );
  await mapArtifacts(knex, ids);
  return ids;
}

/**
 * Creates the packages that are new and finds those that exist; modules that name them are mapped.
 *
 * @returns the unit ids in the order given; see {@link saveUnits}
 */
export async function savePackages(
  knex: Knex,
  packages: readonly RpmPackage[],
): Promise<number[]> {
  const drafts: PackageDraft[] = [];
  for (const chunk of chunksBySize(
    packages,
    pkg => pkg.files.length,
    PACKING,
  )) {
    drafts.push(...chunk.map(toPackageDraft));
    await pause();
  }
  return savePackageDrafts(knex, drafts);
}
