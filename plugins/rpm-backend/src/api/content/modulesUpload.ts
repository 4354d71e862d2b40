import type { ModulemdUpload } from '@rpmportal/backstage-plugin-rpm-common';
import {
  parseFileSource,
  type ModulesUpload,
  type SentFile,
} from '../../upload';
import { InvalidInputError } from '../../validation';
import { splitDestination } from './requestedContent';

const MARKER = /^---(?:\s|$)/gm;

/** What can be said of one module besides its document. */
const FIELDS = [
  'name',
  'stream',
  'version',
  'context',
  'arch',
  'static_context',
  'artifacts',
  'dependencies',
  'packages',
  'profiles',
  'description',
] as const satisfies readonly (keyof ModulemdUpload)[];

/**
 * The whole modules.yaml that a request brings: a file, or a text of several documents.
 *
 * @returns undefined for the snippet of one module
 * @throws InvalidInputError for what cannot be said of a file, and when there is nothing at all
 */
export function parseModulesUpload(
  body: ModulemdUpload,
  files: ReadonlyMap<string, SentFile>,
): ModulesUpload | undefined {
  const { destination, fields } = splitDestination(body);
  const { snippet, file, upload, artifact, file_url: fileUrl } = fields;
  const hasFile = [file, upload, artifact, fileUrl].some(
    source => source !== undefined,
  );
  if (hasFile) {
    refuse(
      ['snippet', ...FIELDS],
      fields,
      'This may not be given beside a file, whose documents say everything.',
    );
    return { source: parseFileSource(fields, files), destination };
  }
  if (snippet === undefined) {
    throw InvalidInputError.field('snippet', 'This field is required.');
  }
  refuse(
    ['downloader_config'],
    fields,
    "This may only be used with 'file_url'.",
  );
  if ((snippet.match(MARKER)?.length ?? 0) < 2) return undefined;
  refuse(
    FIELDS,
    fields,
    'This may not be given beside several documents, which say everything.',
  );
  return { source: { text: snippet }, destination };
}

/** @throws InvalidInputError when one of the fields is given */
function refuse(
  names: readonly (keyof ModulemdUpload)[],
  fields: Readonly<Record<string, unknown>>,
  message: string,
): void {
  const given = names.filter(name => (fields[name] ?? undefined) !== undefined);
  if (given.length) {
    throw InvalidInputError.fields(
      Object.fromEntries(given.map(name => [name, [message]])),
    );
  }
}
