import type {
  RepositoryInput,
  RepositoryPatch,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf } from '../identifiers';
import type { RepositoryFields, RepositoryRecord } from './types';

/** The names of the fields that a record is made from and shown with. */
type PlainSettings = Pick<
  RepositoryInput,
  'checksum_type' | 'compression_type' | 'layout'
>;

/** What a repository looks like as input, so that a patch can be laid over it. */
export function toRepositoryInput(
  repository: RepositoryRecord,
): RepositoryInput {
  const publishing = {
    checksum_type: repository.checksumType ?? null,
    compression_type: repository.compressionType ?? null,
    layout: repository.layout ?? null,
  } as PlainSettings;
  return {
    ...publishing,
    name: repository.name,
    description: repository.description ?? null,
    pulp_labels: repository.labels,
    remote: repository.remoteUuid
      ? hrefOf('remote', repository.remoteUuid)
      : null,
    autopublish: repository.autopublish,
    retain_repo_versions: repository.retainRepoVersions ?? null,
    retain_checkpoints: repository.retainCheckpoints ?? null,
    retain_package_versions: repository.retainPackageVersions,
    modular_removal: repository.modularRemoval,
    repo_config: repository.repoConfig,
    package_signing_fingerprint: repository.packageSigningFingerprint ?? null,
    osv_config: repository.osvConfig ?? null,
    owner: repository.owner ?? null,
    entity: repository.entity ?? null,
  };
}

/**
 * Input as it is stored, defaults filled in.
 *
 * @param remoteId - of the remote that the input names
 */
export function toRepositoryFields(
  input: RepositoryInput,
  remoteId: number | undefined,
): RepositoryFields {
  return {
    name: input.name,
    description: input.description ?? undefined,
    labels: Object.fromEntries(
      Object.entries(input.pulp_labels ?? {}).map(([key, value]) => [
        key,
        value ?? '',
      ]),
    ),
    remoteId,
    autopublish: input.autopublish ?? false,
    retainRepoVersions: input.retain_repo_versions ?? undefined,
    retainCheckpoints: input.retain_checkpoints ?? undefined,
    retainPackageVersions: input.retain_package_versions ?? 0,
    modularRemoval: input.modular_removal ?? 'warn',
    checksumType: input.checksum_type ?? undefined,
    compressionType: input.compression_type ?? undefined,
    layout: input.layout ?? undefined,
    repoConfig: input.repo_config ?? {},
    packageSigningFingerprint: toFingerprint(input.package_signing_fingerprint),
    osvConfig: input.osv_config ?? undefined,
    owner: input.owner ?? undefined,
    entity: input.entity ?? undefined,
  };
}

/** Hexadecimal digits alone are a fingerprint of version 4, as to Pulp. */
function toFingerprint(text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  return text.includes(':') ? text : `v4:${text}`;
}

/** The input that an update comes to. */
export function patchedInput(
  repository: RepositoryRecord,
  patch: RepositoryPatch,
  options: { replace: boolean },
): RepositoryInput {
  const base: RepositoryInput = options.replace
    ? { name: repository.name }
    : toRepositoryInput(repository);
  return { ...base, ...patch };
}
