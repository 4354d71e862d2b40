import { z } from 'zod';

/** A file in a multipart body: a `Blob` where it is sent, what was received where it is read. @public */
export interface FileContent {
  /** Bytes. */
  readonly size: number;
  stream(): unknown;
}

const NO_FILE =
  'The submitted data was not a file. Check the encoding type on the form.';

/** No JSON makes one, for it has no functions. */
function isFileContent(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'size' in value &&
    'stream' in value &&
    typeof value.stream === 'function'
  );
}

/** A field of a multipart body that is a file. @public */
export const fileSchema = z
  .custom<FileContent>(isFileContent, NO_FILE)
  .meta({ type: 'string', format: 'binary' });

/** A body that is a file to keep, sent as it is made. @public */
export interface Download {
  readonly fileName: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** @public */
export const downloadSchema = z
  .custom<Download>()
  .meta({ type: 'string', format: 'binary' });
