import type { FileSource } from './types';

/** The field of a request that its file came in or was named by. */
export function sourceField(source: FileSource | undefined): string {
  const [field = 'file'] = Object.keys(source ?? {});
  return field === 'fileUrl' ? 'file_url' : field;
}
