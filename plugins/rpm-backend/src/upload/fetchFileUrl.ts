import type { DownloaderConfig } from '@rpmportal/backstage-plugin-rpm-common';
import { REMOTE_SECRETS } from '@rpmportal/backstage-plugin-rpm-common';
import { DownloadError, type OpenRemote } from '../download';
import { describeUrl } from '../download/locations';
import {
  checkRemoteAddress,
  checkRemoteRules,
  type RemotePolicy,
  type RemoteRecord,
} from '../remote';
import type { ArtifactStorage } from '../storage/types';
import { InvalidInputError } from '../validation';
import type { TakenFile } from './types';

const FIELD = 'file_url';

/** A single file is fetched as from a remote that has nothing else. */
function remoteOf(url: string, config: DownloaderConfig): RemoteRecord {
  const secrets: RemoteRecord['secrets'] = {};
  const settings: Record<string, unknown> = { ...config };
  for (const name of REMOTE_SECRETS) {
    if (config[name] !== undefined) secrets[name] = config[name];
    delete settings[name];
  }
  return {
    id: 0,
    uuid: '',
    createdAt: '',
    updatedAt: '',
    name: FIELD,
    url,
    policy: 'immediate',
    labels: {},
    settings,
    secrets,
    owner: undefined,
    entity: undefined,
    createdBy: undefined,
  };
}

/**
 * Fetches a file and stores it, under the rules for remotes.
 *
 * @throws InvalidInputError naming `file_url`
 */
export async function fetchFileUrl(
  fileUrl: string,
  config: DownloaderConfig,
  options: {
    storage: ArtifactStorage;
    openRemote: OpenRemote;
    policy: RemotePolicy;
    maxSize: number;
    signal: AbortSignal | undefined;
  },
): Promise<TakenFile> {
  const { storage, openRemote, policy, maxSize, signal } = options;
  const url = checkRemoteAddress(FIELD, fileUrl, policy);
  checkRemoteRules(config, policy);
  const downloader = openRemote(remoteOf(url.href, config), { signal });
  const folder = await storage.workFolder();
  try {
    const path = await downloader.fetchToFile(url.href, folder.path, {
      maxSize,
    });
    const name = describeUrl(url);
    return { artifact: await storage.adopt(path, { name }), name };
  } catch (error) {
    throw error instanceof DownloadError
      ? InvalidInputError.field(FIELD, error.message)
      : error;
  } finally {
    await downloader.close();
    await folder[Symbol.asyncDispose]();
  }
}
