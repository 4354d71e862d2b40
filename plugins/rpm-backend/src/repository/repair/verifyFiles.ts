import { createHash } from 'crypto';
import { createReadStream } from 'fs';
import { stat } from 'fs/promises';
import { whenMissing } from '../../storage/whenMissing';
import type { Job, JobContext } from '../../workers/types';

export const VERIFY_FILES = 'repair.verifyFiles';

/** Bytes read at a time. */
const PIECE = 1024 * 1024;

/** A file as it should be. */
export interface VerifiedFile {
  path: string;
  size: number;
  sha256: string;
}

/** What a file is like. */
export type FileCondition = 'sound' | 'missing' | 'corrupted';

/** Which files to look at; only whether they are there and as long as they should be, or at all bytes. */
export interface VerifyInput {
  files: VerifiedFile[];
  verifyChecksums: boolean;
}

/** Looks at files; runs in a thread, for digests of large ones take seconds. */
export const verifyFiles: Job<VerifyInput, FileCondition[]> = async (
  { files, verifyChecksums },
  context,
) => {
  const conditions: FileCondition[] = [];
  for (const file of files) {
    context.checkCancelled();
    conditions.push(await inspect(file, verifyChecksums, context));
  }
  return conditions;
};

async function inspect(
  { path, size, sha256 }: VerifiedFile,
  verifyChecksum: boolean,
  context: Pick<JobContext<never, never>, 'checkCancelled'>,
): Promise<FileCondition> {
  const facts = await stat(path).catch(whenMissing(undefined));
  if (!facts) return 'missing';
  if (facts.size !== size) return 'corrupted';
  if (!verifyChecksum) return 'sound';
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
    hash.update(piece);
    context.checkCancelled();
  }
  return hash.digest('hex') === sha256 ? 'sound' : 'corrupted';
}
