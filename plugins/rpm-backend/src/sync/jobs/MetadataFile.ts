import {
  decompress,
  DecompressionError,
  RepodataError,
} from '@rpmportal/rpm-format';
import { createReadStream } from 'fs';
import { stat } from 'fs/promises';

/** A verified metadata file on disk, on its way into a worker thread. */
export interface MetadataFile {
  path: string;
  /** As repomd.xml calls it; for messages. */
  name: string;
  /** Bytes when decompressed, where repomd.xml says so. */
  openSize: number | undefined;
}

/**
 * Metadata compresses to a twentieth at best, bombs to a thousandth. Small files get the benefit of
 * the doubt, and what repomd.xml announces is allowed up to a size that no repository has.
 */
const FREE_BYTES = 32 * 1024 ** 2;
const MOST_RATIO = 200;
const MOST_BYTES = 16 * 1024 ** 3;

/**
 * A failure that a task reports to its user. Threads cannot have the class of such errors, which is
 * Backstage's; its name and code tell the other side what it is.
 */
export class MetadataFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'TaskError';
    this.code = code;
  }
}

/** The decompressed content, bounded in size; failures name the file. */
export async function* readMetadataFile(
  file: MetadataFile,
): AsyncGenerator<Uint8Array> {
  const { size } = await stat(file.path);
  const likely = FREE_BYTES + MOST_RATIO * size;
  const maxBytes = Math.min(Math.max(likely, file.openSize ?? 0), MOST_BYTES);
  try {
    yield* decompress(createReadStream(file.path), { maxBytes });
  } catch (error) {
    if (!(error instanceof DecompressionError)) throw error;
    throw new MetadataFailure(
      'PLP0013',
      `The metadata file ${file.name} cannot be read: ${error.message}.`,
    );
  }
}

/** What a failed reader means to the user; `files` by the kind of metadata they hold. */
export function toMetadataFailure(
  error: unknown,
  files: Partial<Record<string, MetadataFile>>,
): unknown {
  if (!(error instanceof RepodataError)) return error;
  const name = files[error.kind]?.name ?? 'repomd.xml';
  return new MetadataFailure(
    'PLP0013',
    `The metadata file ${name} cannot be used: ${error.message}.`,
  );
}
