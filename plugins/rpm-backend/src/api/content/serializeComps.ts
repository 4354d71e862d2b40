import {
  COMPS_PACKAGE_TYPE_NUMBERS,
  type PackageCategory,
  type PackageEnvironment,
  type PackageGroup,
  type PackageLangpacks,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { CompsGroupRef, CompsTexts } from '@rpmportal/rpm-format';
import type { UnitRecord, UnitRecords } from '../../content-units';
import { serializeUnit } from './serializeUnit';

function serializeTexts(unit: UnitRecord & { comps: CompsTexts }) {
  const { comps } = unit;
  return {
    ...serializeUnit(unit),
    id: comps.id,
    name: comps.name,
    description: comps.description,
    display_order: comps.displayOrder ?? null,
    desc_by_lang: comps.descByLang,
    name_by_lang: comps.nameByLang,
    digest: unit.digest,
  };
}

/** Pulp calls a group's id `name` here. */
function serializeGroupRefs(refs: CompsGroupRef[]) {
  return refs.map(ref => ({ name: ref.id, default: ref.default }));
}

/** A package group in wire format. */
export function serializePackageGroup(
  unit: UnitRecords['rpm.packagegroup'],
): PackageGroup {
  const { comps } = unit;
  return {
    ...serializeTexts(unit),
    default: comps.default,
    user_visible: comps.userVisible,
    packages: comps.packages.map(pkg => ({
      name: pkg.name,
      type: COMPS_PACKAGE_TYPE_NUMBERS[pkg.type],
      basearchonly: pkg.baseArchOnly,
      requires: pkg.requires ?? null,
    })),
    biarch_only: comps.biarchOnly,
  };
}

/** A category in wire format. */
export function serializePackageCategory(
  unit: UnitRecords['rpm.packagecategory'],
): PackageCategory {
  return {
    ...serializeTexts(unit),
    group_ids: serializeGroupRefs(unit.comps.groups),
  };
}

/** An environment in wire format. */
export function serializePackageEnvironment(
  unit: UnitRecords['rpm.packageenvironment'],
): PackageEnvironment {
  return {
    ...serializeTexts(unit),
    group_ids: serializeGroupRefs(unit.comps.groups),
    option_ids: serializeGroupRefs(unit.comps.optionalGroups),
  };
}

/** Language packs in wire format. */
export function serializePackageLangpacks(
  unit: UnitRecords['rpm.packagelangpacks'],
): PackageLangpacks {
  return {
    ...serializeUnit(unit),
    matches: unit.comps.matches,
    digest: unit.digest,
  };
}
