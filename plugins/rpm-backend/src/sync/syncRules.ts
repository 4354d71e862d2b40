import type { SyncInput } from '@rpmportal/backstage-plugin-rpm-common';
import type { RepositoryRecord } from '../repository';
import { InvalidInputError } from '../validation';
import type { SyncOptions } from './types';

const MIRROR_WITH_RETENTION =
  "Cannot use 'retain_package_versions' in combination with a 'mirror_complete' or 'mirror_content_only' sync policy.";
const AUTOPUBLISH_COMPLETE =
  "Cannot use 'autopublish' in combination with a 'mirror_complete' sync policy.";
const SKIP_COMPLETE =
  "Cannot use 'skip_types' in combination with a 'mirror_complete' sync policy.";

/**
 * Checks the options of a sync against each other and the repository's settings.
 *
 * @throws InvalidInputError
 */
export function toSyncOptions(
  input: SyncInput,
  repository: Pick<RepositoryRecord, 'retainPackageVersions' | 'autopublish'>,
): SyncOptions {
  const { mirror, skip_types: skipTypes = [], optimize = true } = input;
  if (mirror !== undefined && input.sync_policy !== undefined) {
    throw InvalidInputError.general(
      "The fields 'mirror' and 'sync_policy' cannot be used together.",
    );
  }
  const syncPolicy =
    input.sync_policy ?? (mirror ? 'mirror_complete' : 'additive');
  if (syncPolicy !== 'additive' && repository.retainPackageVersions > 0) {
    throw InvalidInputError.general(MIRROR_WITH_RETENTION);
  }
  if (syncPolicy === 'mirror_complete') {
    if (repository.autopublish) {
      throw InvalidInputError.general(AUTOPUBLISH_COMPLETE);
    }
    if (skipTypes.length) throw InvalidInputError.general(SKIP_COMPLETE);
  }
  return { syncPolicy, skipTypes: [...new Set(skipTypes)].sort(), optimize };
}
