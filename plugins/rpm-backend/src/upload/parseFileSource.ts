import type { DownloaderConfig } from '@rpmportal/backstage-plugin-rpm-common';
import { InvalidInputError } from '../validation';
import type { FileSource, SentFile } from './types';

/** The fields of a body that say where a file comes from. */
export interface FileSourceFields {
  upload?: string;
  artifact?: string;
  file_url?: string;
  downloader_config?: DownloaderConfig;
}

/** @throws InvalidInputError unless there is exactly one source */
export function parseFileSource(
  body: FileSourceFields,
  files: ReadonlyMap<string, SentFile>,
): FileSource {
  const file = files.get('file');
  const { upload, artifact, file_url: fileUrl } = body;
  const sources: FileSource[] = [
    ...(file ? [{ file }] : []),
    ...(upload === undefined ? [] : [{ upload }]),
    ...(artifact === undefined ? [] : [{ artifact }]),
    ...(fileUrl === undefined
      ? []
      : [{ fileUrl, downloaderConfig: body.downloader_config }]),
  ];
  if (sources.length !== 1) {
    throw InvalidInputError.general(
      "Exactly one of 'file', 'upload', 'artifact' or 'file_url' must be specified.",
    );
  }
  if (body.downloader_config && fileUrl === undefined) {
    throw InvalidInputError.field(
      'downloader_config',
      "This may only be used with 'file_url'.",
    );
  }
  return sources[0];
}
