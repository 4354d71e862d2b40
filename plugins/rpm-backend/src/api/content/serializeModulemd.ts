import type {
  Modulemd,
  ModulemdDefaults,
  ModulemdObsolete,
} from '@rpmportal/backstage-plugin-rpm-common';
import type {
  ModulemdDefaultsUnit,
  ModulemdObsoleteUnit,
  ModulemdUnit,
} from '../../content-units';
import {
  modulemdDefaultsFields,
  modulemdFields,
  modulemdObsoleteFields,
} from '../../content-units/modulemdFields';
import { hrefOf } from '../../identifiers';
import { serializeUnit } from './serializeUnit';

/** A module in wire format. */
export function serializeModulemd(unit: ModulemdUnit): Modulemd {
  return {
    ...serializeUnit(unit),
    ...modulemdFields(unit.document),
    packages: unit.packages.map(uuid => hrefOf('rpm.package', uuid)),
  };
}

/** The defaults of a module in wire format. */
export function serializeModulemdDefaults(
  unit: ModulemdDefaultsUnit,
): ModulemdDefaults {
  return { ...serializeUnit(unit), ...modulemdDefaultsFields(unit.document) };
}

/** A notice that a stream has ended, in wire format. */
export function serializeModulemdObsolete(
  unit: ModulemdObsoleteUnit,
): ModulemdObsolete {
  return { ...serializeUnit(unit), ...modulemdObsoleteFields(unit.document) };
}
