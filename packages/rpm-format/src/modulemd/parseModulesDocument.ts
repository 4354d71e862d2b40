import { createHash } from 'node:crypto';
import { FAILSAFE_SCHEMA, YAMLException, load } from 'js-yaml';
import {
  InvalidModulesDocument,
  ModuleDependencies,
  ModulemdDefaults,
  ModulemdDocument,
  ModulemdObsoletes,
  ModulesDocument,
  UnknownModulesDocument,
} from './ModulesDocument';
import { DocumentProblem, StringBudget, YamlFields } from './YamlFields';

/** Parts of `name:stream:version:context:arch`. */
const TOKEN = /^[^\s:]{1,200}$/;
const VERSION = /^\d{1,20}$/;
/** What kinds of documents are called, and versions of their formats. */
const TYPE = /^\S{1,200}$/;

/** `Omit` that leaves the kinds of a union apart. */
type Content<T> = T extends unknown ? Omit<T, 'snippet' | 'digest'> : never;

/**
 * Reads one document of modules.yaml. `position` is its place in the file, from 1, for the message.
 *
 * @remarks
 * Scalars stay the text that they are in the document: stream `1.10` is not `1.1`. What makes a
 * document invalid is what the reference service refuses; a document of another kind is kept as
 * `unknown` so that publishing does not lose it.
 */
export function parseModulesDocument(
  snippet: string,
  position = 1,
): ModulesDocument | InvalidModulesDocument {
  const digest = createHash('sha256').update(snippet).digest('hex');
  let root: unknown;
  try {
    root = load(snippet, { schema: FAILSAFE_SCHEMA });
    return { ...readDocument(root), snippet, digest };
  } catch (error) {
    const name = findName(root) ?? findNameInText(snippet);
    const subject = name
      ? `document ${position} (${name})`
      : `document ${position}`;
    return {
      kind: 'invalid',
      position,
      ...(name ? { name } : {}),
      message: `modules.yaml has ${subject} that ${describeProblem(error)}`,
      snippet,
      digest,
    };
  }
}

function readDocument(root: unknown): Content<ModulesDocument> {
  const fields = YamlFields.of(root, '', new StringBudget());
  const documentType = fields.token('document', TYPE);
  const documentVersion = fields.optionalText('version');
  switch (documentType) {
    case 'modulemd':
      return ['1', '2', undefined].includes(documentVersion)
        ? readModulemd(fields.fields('data'))
        : readUnknown(root, documentType, documentVersion);
    case 'modulemd-defaults':
      return readDefaults(fields.fields('data'));
    case 'modulemd-obsoletes':
      return readObsoletes(fields.fields('data'));
    default:
      return readUnknown(root, documentType, documentVersion);
  }
}

function readUnknown(
  root: unknown,
  documentType: string,
  documentVersion: string | undefined,
): Content<UnknownModulesDocument> {
  const name = findName(root);
  return {
    kind: 'unknown',
    documentType,
    ...(TYPE.test(documentVersion ?? '') ? { documentVersion } : {}),
    ...(name === undefined ? {} : { name }),
  };
}

function readModulemd(data: YamlFields): Content<ModulemdDocument> {
  const staticContext = data.optionalBoolean('static_context');
  const licenses = data.fields('license').texts('module');
  if (licenses.length === 0) {
    throw new DocumentProblem('has no data.license.module');
  }
  return {
    kind: 'modulemd',
    name: data.token('name', TOKEN),
    stream: data.token('stream', TOKEN),
    version: data.token('version', VERSION),
    context: data.token('context', TOKEN),
    arch: data.token('arch', TOKEN),
    ...(staticContext === undefined ? {} : { staticContext }),
    summary: data.text('summary'),
    description: data.text('description'),
    licenses,
    artifacts: data.optionalFields('artifacts')?.texts('rpms') ?? [],
    // Version 2 has a list of alternatives, version 1 a single one.
    dependencies: data.list('dependencies').map(readDependencies),
    profiles:
      data
        .optionalFields('profiles')
        ?.record(
          (profiles, name) =>
            profiles.optionalFields(name)?.texts('rpms') ?? [],
        ) ?? {},
  };
}

function readDependencies(fields: YamlFields): ModuleDependencies {
  const requires = readStreams(fields, 'requires');
  const buildrequires = readStreams(fields, 'buildrequires');
  return {
    ...(requires ? { requires } : {}),
    ...(buildrequires ? { buildrequires } : {}),
  };
}

function readStreams(
  fields: YamlFields,
  key: keyof ModuleDependencies,
): Record<string, string[]> | undefined {
  return fields
    .optionalFields(key)
    ?.record((modules, module) => modules.texts(module));
}

function readDefaults(data: YamlFields): Content<ModulemdDefaults> {
  const stream = data.optionalText('stream');
  return {
    kind: 'modulemd-defaults',
    module: data.token('module', TOKEN),
    ...(stream === undefined ? {} : { stream }),
    profiles:
      data
        .optionalFields('profiles')
        ?.record((profiles, name) => profiles.texts(name)) ?? {},
  };
}

function readObsoletes(data: YamlFields): Content<ModulemdObsoletes> {
  const reset = data.optionalBoolean('reset');
  const context = data.optionalText('context');
  const eolDate = data.optionalText('eol_date');
  const obsoletedBy = data.optionalFields('obsoleted_by');
  return {
    kind: 'modulemd-obsoletes',
    modified: data.text('modified'),
    module: data.token('module', TOKEN),
    stream: data.token('stream', TOKEN),
    message: data.text('message'),
    ...(reset === undefined ? {} : { reset }),
    ...(context === undefined ? {} : { context }),
    ...(eolDate === undefined ? {} : { eolDate }),
    ...(obsoletedBy
      ? {
          obsoletedBy: {
            module: obsoletedBy.text('module'),
            stream: obsoletedBy.text('stream'),
          },
        }
      : {}),
  };
}

function describeProblem(error: unknown): string {
  if (error instanceof DocumentProblem) {
    return error.message;
  }
  if (error instanceof YAMLException) {
    return `is not valid YAML: line ${error.mark.line + 1}: ${error.reason}`;
  }
  throw error;
}

function findName(root: unknown): string | undefined {
  const data = (root as { data?: Record<string, unknown> } | undefined)?.data;
  const parts = [data?.name ?? data?.module, data?.stream].filter(
    (part): part is string => typeof part === 'string',
  );
  return parts.length > 0 ? parts.join(':').slice(0, 200) : undefined;
}

/** Of a document that is no YAML the name is worth a guess. */
function findNameInText(snippet: string): string | undefined {
  return /^ +(?:name|module): *["']?([^\s"']{1,200})/m.exec(snippet)?.[1];
}
