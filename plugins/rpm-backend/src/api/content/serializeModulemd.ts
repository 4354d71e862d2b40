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
import { hrefOf } from '../../identifiers';
import { serializeUnit } from './serializeUnit';

/** A module in wire format. */
export function serializeModulemd(unit: ModulemdUnit): Modulemd {
  const { document } = unit;
  return {
    ...serializeUnit(unit),
    name: document.name,
    stream: document.stream,
    version: document.version,
    static_context: document.staticContext ?? null,
    context: document.context,
    arch: document.arch,
    artifacts: document.artifacts,
    dependencies: document.dependencies,
    packages: unit.packages.map(uuid => hrefOf('rpm.package', uuid)),
    profiles: document.profiles,
    description: document.description,
  };
}

/** The defaults of a module in wire format. */
export function serializeModulemdDefaults(
  unit: ModulemdDefaultsUnit,
): ModulemdDefaults {
  const { module, stream, profiles } = unit.document;
  return { ...serializeUnit(unit), module, stream: stream ?? null, profiles };
}

/** Pulp keeps the document's boolean as a text. */
function serializeReset(reset: boolean | undefined): string | null {
  if (reset === undefined) return null;
  return reset ? 'True' : 'False';
}

/** A notice that a stream has ended, in wire format. */
export function serializeModulemdObsolete(
  unit: ModulemdObsoleteUnit,
): ModulemdObsolete {
  const { document } = unit;
  return {
    ...serializeUnit(unit),
    modified: document.modified,
    module_name: document.module,
    module_stream: document.stream,
    message: document.message,
    override_previous: serializeReset(document.reset),
    module_context: document.context ?? null,
    eol_date: document.eolDate ?? null,
    obsoleted_by_module_name: document.obsoletedBy?.module ?? null,
    obsoleted_by_module_stream: document.obsoletedBy?.stream ?? null,
  };
}
