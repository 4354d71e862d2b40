import type { Treeinfo } from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import type { UnitDraft } from '../database/operations/content-units/saveUnits';
import type {
  DbDistributionTreeFileRow,
  DbDistributionTreeRepositoryRow,
  DbDistributionTreeRow,
} from '../database/tables';
import { cleanText } from './packing';

/** A tree as a remote has it. */
export interface RemoteTree {
  /** The file `.treeinfo`. */
  text: string;
  treeinfo: Treeinfo;
  /** Its files, with the digests that they can be verified with. */
  files: readonly {
    path: string;
    checksum: { type: string; value: string } | undefined;
  }[];
  /** What is in the folders of its repositories besides the main one. */
  repositories: readonly {
    path: string;
    version: { id: number; uuid: string };
  }[];
}

/** A tree as it is stored, but for the unit's id. */
export interface DistributionTreeDraft extends UnitDraft {
  type: 'rpm.distribution_tree';
  columns: Omit<DbDistributionTreeRow, 'unit_id'>;
  files: Omit<DbDistributionTreeFileRow, 'unit_id' | 'artifact_id'>[];
  repositories: Omit<DbDistributionTreeRepositoryRow, 'unit_id'>[];
}

/** A version has one tree, so that all trees contend for one place. */
const ONLY_PLACE = 'tree';

/**
 * Turns a tree into what is stored of it. Its identity is the file `.treeinfo` and what is in its
 * repositories: when one of these changes it is another tree, and a version that had the old one has
 * it with all of its content, for ever.
 */
export function toDistributionTreeDraft(
  tree: RemoteTree,
): DistributionTreeDraft {
  const { release, arch } = tree.treeinfo;
  const parts = tree.repositories.map(({ path, version }) => [
    path,
    version.uuid,
  ]);
  return {
    type: 'rpm.distribution_tree',
    digest: createHash('sha256')
      .update(JSON.stringify([tree.text, parts.sort()]))
      .digest('hex'),
    repoKey: ONLY_PLACE,
    size: tree.text.length,
    columns: {
      release_name: cleanText(release.name),
      release_version: cleanText(release.version),
      arch: cleanText(arch),
      treeinfo: tree.text,
    },
    files: tree.files.map(({ path, checksum }) => ({
      path,
      checksum_type: checksum?.type ?? null,
      checksum: checksum?.value ?? null,
    })),
    repositories: tree.repositories.map(({ path, version }) => ({
      path,
      version_id: version.id,
    })),
  };
}
