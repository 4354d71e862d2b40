import type { Knex } from 'knex';
import type { UnitRecord, UnitRecords } from '../../../../content-units/types';
import type { ContentType } from '../../../../identifiers';
import type { DetailScope } from './DetailScope';
import { readAdvisoryUnits } from './readAdvisoryUnits';
import { readCompsUnits } from './readCompsUnits';
import { readDistributionTreeUnits } from './readDistributionTreeUnits';
import { readMetadataFileUnits } from './readMetadataFileUnits';
import { readModulemdDocumentUnits } from './readModulemdDocumentUnits';
import {
  readModulemdDefaultsUnits,
  readModulemdObsoleteUnits,
  readModulemdUnits,
} from './readModulemdUnits';
import { readPackageUnits } from './readPackageUnits';

const READERS: {
  [T in ContentType]: (
    knex: Knex,
    units: readonly UnitRecord[],
    scope: DetailScope,
  ) => Promise<UnitRecords[T][]>;
} = {
  'rpm.package': readPackageUnits,
  'rpm.advisory': readAdvisoryUnits,
  'rpm.modulemd': readModulemdUnits,
  'rpm.modulemd_defaults': readModulemdDefaultsUnits,
  'rpm.modulemd_obsolete': readModulemdObsoleteUnits,
  'rpm.modulemd_document': readModulemdDocumentUnits,
  'rpm.packagegroup': readCompsUnits,
  'rpm.packagecategory': readCompsUnits,
  'rpm.packageenvironment': readCompsUnits,
  'rpm.packagelangpacks': readCompsUnits,
  'rpm.repo_metadata_file': readMetadataFileUnits,
  'rpm.distribution_tree': readDistributionTreeUnits,
};

/** Completes units, all of one type, with what their type says; in the order given. */
export async function readUnitDetails<T extends ContentType>(
  knex: Knex,
  type: T,
  units: readonly UnitRecord[],
  scope: DetailScope,
): Promise<UnitRecords[T][]> {
  return READERS[type](knex, units, scope);
}
