import type { DownloadPolicy } from '@rpmportal/backstage-plugin-rpm-common';
import { isDeepStrictEqual } from 'util';
import type { SyncOptions } from './types';

/** All that the outcome of a sync depends on. */
export interface SyncFacts
  extends Pick<SyncOptions, 'syncPolicy' | 'skipTypes'> {
  remote: string;
  url: string;
  policy: DownloadPolicy;
  retainPackageVersions: number;
  /** SHA-256 of repomd.xml. */
  repomd: string;
  /** Of `.treeinfo`; null when there is none. */
  treeinfo: string | null;
  /** Of the repomd.xml of the tree's other repositories, by folder. */
  treeRepositories: Record<string, string>;
}

/** What the last successful sync of a repository saw and left. */
export interface LastSync extends SyncFacts {
  /** The repository's latest version afterwards. */
  version: number;
  /** UUID of the publication that a mirror has. */
  publication: string | null;
}

/**
 * Whether a sync would find everything as the last one left it: same remote and metadata, same
 * options, and nobody has changed the repository since. A remote whose files are to be downloaded
 * at once from now on still has them to give.
 */
export function isUnchanged(
  last: LastSync | undefined,
  now: SyncFacts,
  latestVersion: number,
): boolean {
  if (!last) return false;
  const { version, policy: lastPolicy, publication: _, ...before } = last;
  const { policy, ...after } = now;
  return (
    version === latestVersion &&
    (policy !== 'immediate' || lastPolicy === 'immediate') &&
    isDeepStrictEqual(before, after)
  );
}
