import { createHash } from 'crypto';
import { open, rm } from 'fs/promises';
import { ArtifactMismatchError, toStorageError } from '../storage';
import type { Download, ExpectedDownload } from './types';

/** Writes a new file; removed again when it is not what was expected. */
export async function writeVerified(
  path: string,
  download: Download,
  expected: ExpectedDownload,
): Promise<void> {
  const { url: name, body } = download;
  const { checksum } = expected;
  try {
    const hash = checksum && createHash(checksum.type);
    const file = await open(path, 'wx');
    let size = 0;
    try {
      for await (const chunk of body) {
        hash?.update(chunk);
        size += chunk.byteLength;
        await file.writeFile(chunk);
      }
    } finally {
      await file.close();
    }
    if ('size' in expected && size !== expected.size) {
      throw ArtifactMismatchError.size(name, expected.size, size);
    }
    const actual = hash?.digest('hex');
    if (checksum && actual && actual !== checksum.value.toLowerCase()) {
      throw ArtifactMismatchError.checksum(name, checksum, actual);
    }
  } catch (error) {
    await rm(path, { force: true });
    throw toStorageError(error, name);
  }
}
