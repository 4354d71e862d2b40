import type { Knex } from 'knex';
import type { PackageDraft } from '../../../content-units/packageDraft';
import type {
  DbPackageExtrasRow,
  DbPackageRelationsRow,
  DbPackageRow,
} from '../../tables';
import { currentTimestamp } from '../../time';

/**
 * Lets what the header of a package's file says take the place of what metadata said, once: the file
 * has the digest that is part of the package's identity, so its header cannot say another thing later.
 */
export async function updatePackage(
  knex: Knex,
  unitId: number,
  { columns, relations, extras }: PackageDraft,
): Promise<void> {
  // What identifies it and when it was first seen stay.
  const {
    pkg_id: _id,
    checksum_type: _type,
    time_file: _time,
    ...details
  } = columns;
  const key = { unit_id: unitId };
  await knex.transaction(async trx => {
    const updated = await trx<DbPackageRow>('rpm_package')
      .where(key)
      .whereNull('signing_keys_json')
      .update({ ...details, corrected_at: currentTimestamp() });
    if (!updated) return;
    await trx<DbPackageRelationsRow>('rpm_package_relations')
      .where(key)
      .update(relations);
    await trx<DbPackageExtrasRow>('rpm_package_extras')
      .where(key)
      .update(extras);
  });
}
