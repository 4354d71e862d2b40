import type { PublicationInput } from '@rpmportal/backstage-plugin-rpm-common';
import { isDeepStrictEqual } from 'util';
import type { RepositoryRecord } from '../repository/types';
import type { PublicationOptions, PublishedAs } from './types';

/** How a version is published: as asked for, else as its repository says, else as usual. */
export function effectiveOptions(
  input: PublicationInput,
  repository: Pick<
    RepositoryRecord,
    'checksumType' | 'compressionType' | 'layout' | 'repoConfig'
  >,
): PublicationOptions {
  const { checksumType, compressionType, layout } =
    repository as Partial<PublicationOptions>;
  return {
    checksumType: input.checksum_type ?? checksumType ?? 'sha256',
    compressionType: input.compression_type ?? compressionType ?? 'gz',
    layout: input.layout ?? layout ?? 'nested_alphabetically',
    repoConfig: input.repo_config ?? repository.repoConfig,
  };
}

/** Whether publishing the same version with these options would give the same. */
export function hasOptions(
  publication: PublishedAs,
  options: PublicationOptions,
): boolean {
  const { checksumType, compressionType, layout, repoConfig } = publication;
  return isDeepStrictEqual(
    { checksumType, compressionType, layout, repoConfig },
    options,
  );
}
