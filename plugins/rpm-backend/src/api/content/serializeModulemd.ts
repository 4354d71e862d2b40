import type {
  Modulemd,
  ModulemdDefaults,
  ModulemdDocument,
  ModulemdObsolete,
} from '@rpmportal/backstage-plugin-rpm-common';
import { rpmFileName } from '@rpmportal/rpm-format';
import type {
  ModulemdDefaultsUnit,
  ModulemdDocumentUnit,
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
  const { present, missing } = unit.completeness;
  return {
    ...serializeUnit(unit),
    ...modulemdFields(unit.document),
    packages: present.map(({ uuid }) => hrefOf('rpm.package', uuid)),
    pulp_artifacts_map: present.map(({ uuid, ...nevra }) => ({
      filename: rpmFileName(nevra),
      unit_id: uuid,
      pulp_href: hrefOf('rpm.package', uuid),
    })),
    missing_artifacts: missing,
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

/** A document of modules.yaml that is kept as it is, in wire format. */
export function serializeModulemdDocument(
  unit: ModulemdDocumentUnit,
): ModulemdDocument {
  const { document } = unit;
  return {
    ...serializeUnit(unit),
    document_type: document.documentType,
    document_version: document.documentVersion ?? null,
    module: document.name ?? null,
    sha256: document.digest,
    snippet: document.snippet,
  };
}
