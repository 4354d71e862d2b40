import {
  formatNsvca,
  type ModulemdDefaults,
  type ModulemdDocument,
  type ModulemdObsoletes,
  type Nevra,
  type UnknownModulesDocument,
} from '@rpmportal/rpm-format';
import type { UnitDraft } from '../database/operations/content-units/saveUnits';
import type {
  DbModulemdDefaultsRow,
  DbModulemdDocumentRow,
  DbModulemdObsoleteRow,
  DbModulemdRow,
} from '../database/tables';
import { modulemdArtifacts } from './modulemdArtifacts';
import { cleanText } from './packing';

/** The documents of modules.yaml that are units. */
export type ModulemdUnitDocument =
  | ModulemdDocument
  | ModulemdDefaults
  | ModulemdObsoletes
  | UnknownModulesDocument;

/** A document of modules.yaml as it is stored, but for the unit's id. */
export type ModulemdDraft = UnitDraft &
  (
    | {
        type: 'rpm.modulemd';
        columns: Omit<DbModulemdRow, 'unit_id'>;
        artifacts: Nevra[];
      }
    | {
        type: 'rpm.modulemd_defaults';
        columns: Omit<DbModulemdDefaultsRow, 'unit_id'>;
      }
    | {
        type: 'rpm.modulemd_obsolete';
        columns: Omit<DbModulemdObsoleteRow, 'unit_id'>;
      }
    | {
        type: 'rpm.modulemd_document';
        columns: Omit<DbModulemdDocumentRow, 'unit_id'>;
      }
  );

/** A document's identity is its text. */
export function toModulemdDraft(document: ModulemdUnitDocument): ModulemdDraft {
  const { digest, snippet } = document;
  const shared = { digest, size: snippet.length };
  switch (document.kind) {
    case 'modulemd':
      return {
        ...shared,
        type: 'rpm.modulemd',
        repoKey: cleanText(formatNsvca(document)),
        columns: {
          name: cleanText(document.name),
          stream: cleanText(document.stream),
          version: cleanText(document.version),
          context: cleanText(document.context),
          arch: cleanText(document.arch),
          static_context: document.staticContext ?? null,
          description: cleanText(document.description),
          artifacts_json: JSON.stringify(document.artifacts),
          dependencies_json: JSON.stringify(document.dependencies),
          profiles_json: JSON.stringify(document.profiles),
          snippet,
        },
        artifacts: modulemdArtifacts(document).nevras,
      };
    case 'modulemd-defaults':
      return {
        ...shared,
        type: 'rpm.modulemd_defaults',
        repoKey: cleanText(document.module),
        columns: {
          module: cleanText(document.module),
          stream: optional(document.stream),
          profiles_json: JSON.stringify(document.profiles),
          snippet,
        },
      };
    case 'unknown':
      return {
        ...shared,
        type: 'rpm.modulemd_document',
        // What may stand beside what is for those to know who understand it.
        repoKey: undefined,
        columns: {
          document_type: cleanText(document.documentType),
          document_version: optional(document.documentVersion),
          module: optional(document.name),
          snippet,
        },
      };
    default: {
      const { snippet: text, ...content } = document;
      return {
        ...shared,
        type: 'rpm.modulemd_obsolete',
        repoKey: undefined,
        columns: {
          module_name: cleanText(document.module),
          module_stream: cleanText(document.stream),
          modified: cleanText(document.modified),
          document_json: JSON.stringify(content),
          snippet: text,
        },
      };
    }
  }
}

function optional(text: string | undefined): string | null {
  return text === undefined ? null : cleanText(text);
}
