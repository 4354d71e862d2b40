import type { Advisory, CompsUnit } from '@rpmportal/rpm-format';
import type {
  HeldUnit,
  KeyedUnit,
  ModuleCompanion,
} from '../../database/operations/copy';
import type {
  ModuleMapping,
  PackageFacts,
} from '../../database/operations/versions';

/** Types whose units can be found by their repository key. */
export type KeyedType = 'rpm.package' | 'rpm.modulemd' | 'rpm.packagegroup';

/** What has to be known of a source version to say what belongs to a selection of its units. */
export interface SourceView {
  /** Those of the units that the source holds, by id. */
  findHeld(ids: readonly number[]): Promise<Map<number, HeldUnit>>;
  listHeld(): Promise<HeldUnit[]>;
  /** By NEVRA with epoch, `name:stream:version:context:arch` or id of the group. */
  findByKey(type: KeyedType, keys: readonly string[]): Promise<KeyedUnit[]>;
  findGroupsByName(names: readonly string[]): Promise<KeyedUnit[]>;
  findPackagesByName(names: readonly string[]): Promise<PackageFacts[]>;
  /** Packages of the source that modules name as their artifacts. */
  findArtifacts(modulemdIds: readonly number[]): Promise<ModuleMapping[]>;
  findCompanions(modulemdIds: readonly number[]): Promise<ModuleCompanion[]>;
  readPackages(ids: readonly number[]): Promise<PackageFacts[]>;
  readAdvisories(ids: readonly number[]): Promise<Map<number, Advisory>>;
  readComps(ids: readonly number[]): Promise<Map<number, CompsUnit>>;
}
