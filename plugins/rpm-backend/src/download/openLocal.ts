import { open, realpath } from 'fs/promises';
import { pathToFileURL } from 'url';
import { confineFileUrl, type RemotePolicy } from '../remote/remoteRules';
import { InvalidInputError } from '../validation';
import { DownloadError } from './DownloadError';
import { describeUrl } from './locations';
import type { Download } from './types';

/** Opens a file of a `file://` remote, which must lie in an allowed folder, also behind links. */
export async function openLocal(
  url: URL,
  policy: RemotePolicy,
): Promise<Download> {
  const shown = describeUrl(url);
  try {
    const path = await realpath(confineFileUrl(url, policy));
    await confineTarget(path, policy);
    const file = await open(path);
    const facts = await file.stat();
    if (!facts.isFile()) {
      await file.close();
      throw new DownloadError('RPM0004', `${shown} is not a file.`);
    }
    const body = file.createReadStream();
    return {
      status: 200,
      url: shown,
      size: facts.size,
      contentType: undefined,
      contentRange: undefined,
      body,
      close: async () => void body.destroy(),
    };
  } catch (error) {
    throw localError(shown, error);
  }
}

/** Links may lead to other allowed folders, and an allowed folder may itself be a link. */
async function confineTarget(
  path: string,
  policy: RemotePolicy,
): Promise<void> {
  const allowedImportPaths = await Promise.all(
    policy.allowedImportPaths.map(folder =>
      realpath(folder).catch(() => folder),
    ),
  );
  confineFileUrl(pathToFileURL(path), { allowedImportPaths });
}

function localError(shown: string, error: unknown): unknown {
  if (error instanceof DownloadError) return error;
  if (error instanceof InvalidInputError) {
    return new DownloadError(
      'RPM0004',
      `${shown} is not below one of the allowed import paths.`,
    );
  }
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? new DownloadError('RPM0004', `${shown} does not exist.`, { status: 404 })
    : new DownloadError('RPM0004', `${shown} could not be read (${code}).`);
}
