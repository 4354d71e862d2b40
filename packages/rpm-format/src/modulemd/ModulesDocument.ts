/** What any document of modules.yaml has. */
interface Document {
  /** The document as YAML between its markers `---` and `...`, otherwise byte for byte as read. */
  snippet: string;
  /** SHA-256 of the snippet in UTF-8, in hex: the identity of the document. */
  digest: string;
}

/** A document of modules.yaml that can be worked with. */
export type ModulesDocument =
  | ModulemdDocument
  | ModulemdDefaults
  | ModulemdObsoletes
  | UnknownModulesDocument;

/** One build of a module stream (`document: modulemd`, version 1 or 2). */
export interface ModulemdDocument extends Document {
  kind: 'modulemd';
  name: string;
  stream: string;
  /** Decimal digits; too large for a number. */
  version: string;
  context: string;
  arch: string;
  staticContext?: boolean;
  summary: string;
  description: string;
  licenses: string[];
  /** NEVRA strings with epoch, `name-epoch:version-release.arch`, as in the document. */
  artifacts: string[];
  dependencies: ModuleDependencies[];
  /** Names of packages by name of the profile. */
  profiles: Record<string, string[]>;
}

/**
 * One alternative of what a module needs: accepted streams by module. No stream means any, one
 * that begins with `-` is excluded.
 */
export interface ModuleDependencies {
  requires?: Record<string, string[]>;
  buildrequires?: Record<string, string[]>;
}

/** Which stream of a module, and which profiles of its streams, are the defaults. */
export interface ModulemdDefaults extends Document {
  kind: 'modulemd-defaults';
  module: string;
  stream?: string;
  /** Names of the default profiles by stream. */
  profiles: Record<string, string[]>;
}

/** A notice that a stream has ended or been replaced. */
export interface ModulemdObsoletes extends Document {
  kind: 'modulemd-obsoletes';
  /** Time of the notice as in the document, such as `2020-05-01T00:00Z`. */
  modified: string;
  module: string;
  stream: string;
  message: string;
  /** Whether the notice takes all earlier ones back. */
  reset?: boolean;
  context?: string;
  eolDate?: string;
  obsoletedBy?: { module: string; stream: string };
}

/** A document that is not understood: of another kind (translations, …) or a later version. */
export interface UnknownModulesDocument extends Document {
  kind: 'unknown';
  /** What the document calls itself, such as `modulemd-translations`. */
  documentType: string;
  /** Of the kind's format, as the document has it. */
  documentVersion?: string;
  /** The module it seems to be about, with its stream where there is one. */
  name?: string;
}

/** A document that cannot be used; the others of the file can. */
export interface InvalidModulesDocument extends Document {
  kind: 'invalid';
  /** Place in the file, from 1. */
  position: number;
  /** The module it seems to be about. */
  name?: string;
  /** One sentence naming the document and what is wrong with it. */
  message: string;
}
