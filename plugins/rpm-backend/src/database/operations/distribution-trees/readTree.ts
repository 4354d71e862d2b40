import type { Knex } from 'knex';
import { whereInVersion, type VersionContent } from '../../membership';

/** What a version's tree is made of. */
export interface VersionTree {
  unitId: number;
  /** The file `.treeinfo` as it came. */
  text: string;
  /** What is in its folders, by path. */
  repositories: TreePart[];
}

/** A repository of a tree besides the main one. */
export interface TreePart {
  /** Folder, relative to the tree's root. */
  path: string;
  versionId: number;
  content: VersionContent;
}

/** The tree that a version holds, or undefined. */
export async function readTree(
  knex: Knex,
  content: VersionContent,
): Promise<VersionTree | undefined> {
  const query = knex('repository_content')
    .join('rpm_distribution_tree as tree', {
      'tree.unit_id': 'repository_content.unit_id',
    })
    .select('tree.unit_id', 'tree.treeinfo')
    .where('repository_content.unit_type', 'rpm.distribution_tree')
    .first();
  const row: { unit_id: number; treeinfo: string } | undefined =
    await whereInVersion(query, content);
  if (!row) return undefined;
  const { unit_id: unitId, treeinfo: text } = row;
  return { unitId, text, repositories: await listParts(knex, unitId) };
}

async function listParts(knex: Knex, unitId: number): Promise<TreePart[]> {
  const rows = await knex('rpm_distribution_tree_repository as part')
    .join('repository_version as version', 'version.id', 'part.version_id')
    .select({
      path: 'part.path',
      versionId: 'version.id',
      repositoryId: 'version.repository_id',
      number: 'version.number',
    })
    .where('part.unit_id', unitId)
    .orderBy('part.path');
  return rows.map(({ path, versionId, ...content }) => ({
    path,
    versionId,
    content,
  }));
}
