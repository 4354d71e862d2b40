import {
  parseModulesDocument,
  RepodataError,
  splitModules,
} from '@rpmportal/rpm-format';
import type { ModulemdUnitDocument } from '../../content-units/modulemdDraft';
import type { ReadDocument } from './types';

/** The documents of modules.yaml that can be uploaded on their own. */
export type ModulesKind = Exclude<ModulemdUnitDocument['kind'], 'unknown'>;

/** A document of one kind. */
export type ModulesDocumentOf<K extends ModulesKind> = Extract<
  ModulemdUnitDocument,
  { kind: K }
>;

/**
 * Reads a snippet of modules.yaml that is to be one document of the given kind, with or without the
 * markers around it.
 */
export function readModulesSnippet<K extends ModulesKind>(
  kind: K,
  text: string,
): ReadDocument<ModulesDocumentOf<K>> {
  let snippets: string[];
  try {
    snippets = splitModules(text);
  } catch (error) {
    if (!(error instanceof RepodataError)) throw error;
    return invalid(error.message);
  }
  if (snippets.length !== 1) {
    return invalid(`there are ${snippets.length} documents instead of one`);
  }
  const document = parseModulesDocument(snippets[0]);
  if (document.kind === 'invalid') return invalid(document.message);
  if (document.kind !== kind) {
    const given =
      document.kind === 'unknown' ? document.documentType : document.kind;
    return invalid(`the document is a '${given}' instead of a '${kind}'`);
  }
  return { document: document as ModulesDocumentOf<K> };
}

function invalid(reason: string) {
  return { problems: [`Provided modular data is invalid: ${reason}.`] };
}
