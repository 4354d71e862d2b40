import { open, type FileHandle } from 'fs/promises';
import { FileDigests } from './FileDigests';
import type { ExpectedFile, FileFacts } from './types';

/**
 * Writes a new file. When this resolves, its bytes are on disk; when it fails, what was written is
 * left to the owner of the folder.
 *
 * @throws ArtifactMismatchError as soon as the file is not what was expected
 */
export function writeDigested(
  path: string,
  source: AsyncIterable<Uint8Array>,
  expected: ExpectedFile,
): Promise<FileFacts> {
  return withFile(path, 'wx', async file => {
    const digests = new FileDigests(expected);
    for await (const chunk of source) {
      digests.update(chunk);
      await file.writeFile(chunk);
    }
    return digests.finish();
  });
}

/**
 * Reads a file and sees to it that its bytes are on disk.
 *
 * @throws ArtifactMismatchError
 */
export function digestFile(
  path: string,
  expected: ExpectedFile,
): Promise<FileFacts> {
  return withFile(path, 'r+', async file => {
    const digests = new FileDigests(expected);
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      digests.update(chunk);
    }
    return digests.finish();
  });
}

async function withFile(
  path: string,
  flags: 'wx' | 'r+',
  digest: (file: FileHandle) => Promise<FileFacts>,
): Promise<FileFacts> {
  const file = await open(path, flags);
  try {
    const facts = await digest(file);
    await file.sync();
    return facts;
  } finally {
    await file.close();
  }
}
