import type {
  Modulemd,
  ModulemdDefaults,
  ModulemdObsolete,
} from '@rpmportal/backstage-plugin-rpm-common';
import type {
  ModulemdDefaultsUnit,
  ModulemdObsoleteUnit,
  ModulemdUnit,
} from './types';

/** What the API tells of a module out of its document. */
export type ModulemdFields = Pick<
  Modulemd,
  | 'name'
  | 'stream'
  | 'version'
  | 'static_context'
  | 'context'
  | 'arch'
  | 'artifacts'
  | 'dependencies'
  | 'profiles'
  | 'description'
>;

export function modulemdFields(
  document: ModulemdUnit['document'],
): ModulemdFields {
  return {
    name: document.name,
    stream: document.stream,
    version: document.version,
    static_context: document.staticContext ?? null,
    context: document.context,
    arch: document.arch,
    artifacts: document.artifacts,
    dependencies: document.dependencies,
    profiles: document.profiles,
    description: document.description,
  };
}

/** What the API tells of a module's defaults out of their document. */
export type ModulemdDefaultsFields = Pick<
  ModulemdDefaults,
  'module' | 'stream' | 'profiles'
>;

export function modulemdDefaultsFields({
  module,
  stream,
  profiles,
}: ModulemdDefaultsUnit['document']): ModulemdDefaultsFields {
  return { module, stream: stream ?? null, profiles };
}

/** What the API tells of a notice out of its document. */
export type ModulemdObsoleteFields = Pick<
  ModulemdObsolete,
  | 'modified'
  | 'module_name'
  | 'module_stream'
  | 'message'
  | 'override_previous'
  | 'module_context'
  | 'eol_date'
  | 'obsoleted_by_module_name'
  | 'obsoleted_by_module_stream'
>;

/** Pulp keeps the document's boolean as a text. */
function textOfReset(reset: boolean | undefined): string | null {
  if (reset === undefined) return null;
  return reset ? 'True' : 'False';
}

export function modulemdObsoleteFields(
  document: ModulemdObsoleteUnit['document'],
): ModulemdObsoleteFields {
  return {
    modified: document.modified,
    module_name: document.module,
    module_stream: document.stream,
    message: document.message,
    override_previous: textOfReset(document.reset),
    module_context: document.context ?? null,
    eol_date: document.eolDate ?? null,
    obsoleted_by_module_name: document.obsoletedBy?.module ?? null,
    obsoleted_by_module_stream: document.obsoletedBy?.stream ?? null,
  };
}
