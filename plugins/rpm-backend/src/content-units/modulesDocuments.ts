import { formatNsvca } from '@rpmportal/rpm-format';
import type { ModulemdUnitDocument } from './modulemdDraft';

/**
 * The kinds of documents that libmodulemd knows the names of. It passes over versions that it does
 * not understand; at a kind that it does not know, it gives up the file, and dnf 4 ends.
 */
const KNOWN_TO_CLIENTS: ReadonlySet<string> = new Set([
  'modulemd',
  'modulemd-stream',
  'modulemd-packager',
  'modulemd-defaults',
  'modulemd-obsoletes',
  'modulemd-translations',
]);

/** What a document of modules.yaml is called in sentences; of one name there can be but one in a file. */
export function nameOfDocument(document: ModulemdUnitDocument): string {
  switch (document.kind) {
    case 'modulemd':
      return `module ${formatNsvca(document)}`;
    case 'modulemd-defaults':
      return `defaults of module ${document.module}`;
    case 'modulemd-obsoletes':
      return `notice ${document.digest}`;
    default:
      return `document ${document.digest}`;
  }
}

/** What clients of a repository with this document have to be warned of, in a sentence. */
export function clientProblem(
  document: ModulemdUnitDocument,
): string | undefined {
  return document.kind === 'unknown' &&
    !KNOWN_TO_CLIENTS.has(document.documentType)
    ? `A document is of the kind "${document.documentType}". It is kept and published, and clients that do not know the kind, such as dnf 4, cannot read modules.yaml with it.`
    : undefined;
}
