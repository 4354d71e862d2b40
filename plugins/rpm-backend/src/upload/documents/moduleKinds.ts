import {
  modulemdDefaultsFields,
  modulemdFields,
  modulemdObsoleteFields,
} from '../../content-units/modulemdFields';
import type { ModulesDocumentOf, ModulesKind } from './modulesSnippet';

/** The content types whose units are documents of modules.yaml. */
export type ModulesType =
  | 'rpm.modulemd'
  | 'rpm.modulemd_defaults'
  | 'rpm.modulemd_obsolete';

/** What the documents of each content type are called in modules.yaml. */
export const MODULES_KINDS = {
  'rpm.modulemd': 'modulemd',
  'rpm.modulemd_defaults': 'modulemd-defaults',
  'rpm.modulemd_obsolete': 'modulemd-obsoletes',
} as const satisfies Record<ModulesType, ModulesKind>;

/** All fields of the API that a document decides. */
export function fieldsOf(document: ModulesDocumentOf<ModulesKind>): object {
  switch (document.kind) {
    case 'modulemd':
      return {
        ...modulemdFields(document),
        // A context that is not said to be static is not.
        static_context: document.staticContext ?? false,
      };
    case 'modulemd-defaults':
      return modulemdDefaultsFields(document);
    default:
      return modulemdObsoleteFields(document);
  }
}
