import { readIni, renderIni } from './Ini';
import { isRepomd, normalizeRepository, repomdOf } from './treePaths';

/** Keys that name places which are not published with a tree. */
const ELSEWHERE = [
  'source_packages',
  'source_repository',
  'debug_packages',
  'debug_repository',
];

/** A repository as it is published in a tree. */
export interface PublishedTreeRepository {
  /** Folder, relative to the tree's root; empty for the main one. */
  repository: string;
  /** Folder of its packages, relative to the tree's root. */
  packages: string;
  /** Of its `repodata/repomd.xml`. */
  checksum: { type: string; value: string };
}

/**
 * Rewrites a `.treeinfo` for a tree whose repositories have been published anew: where packages are,
 * and the checksums of each repomd.xml. Variants whose repository is not among those given are left
 * as they are, for they lead somewhere else.
 *
 * @throws TreeinfoError
 */
export function rewriteTreeinfo(
  text: string,
  repositories: readonly PublishedTreeRepository[],
): string {
  const ini = readIni(text);
  const published = new Map(
    repositories.map(repository => [repository.repository, repository]),
  );
  for (const [section, keys] of ini) {
    if (/^(variant|addon)-/.test(section)) {
      const folder = normalizeRepository(keys.get('repository') ?? '');
      const found = published.get(folder);
      if (found) {
        keys.set('repository', folder || '.');
        keys.set('packages', found.packages);
        for (const key of ELSEWHERE) keys.delete(key);
      }
    }
  }
  const general = ini.get('general');
  const main = published.get('');
  if (general?.has('packagedir') && main) {
    general.set('packagedir', main.packages);
  }
  if (general?.has('repository')) general.set('repository', '.');

  const checksums = ini.get('checksums') ?? new Map<string, string>();
  for (const path of [...checksums.keys()]) {
    if (isRepomd(path)) checksums.delete(path);
  }
  for (const { repository, checksum } of repositories) {
    checksums.set(repomdOf(repository), `${checksum.type}:${checksum.value}`);
  }
  ini.set('checksums', checksums);
  return renderIni(ini);
}
