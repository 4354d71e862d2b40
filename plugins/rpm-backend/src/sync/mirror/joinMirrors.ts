import type { SyncRun } from '../SyncRun';
import type { FoundTree } from '../trees/findTree';
import type { Mirror } from './storeMirror';

/**
 * The mirror of a whole tree: its main repository, the others in their folders, and `.treeinfo` as it
 * is. Stores that file.
 */
export async function joinMirrors(
  { storage }: Pick<SyncRun, 'storage'>,
  main: Mirror,
  others: ReadonlyMap<string, Mirror>,
  { name, path }: Pick<FoundTree, 'name' | 'path'>,
): Promise<Mirror> {
  const files = new Map(main.files);
  const packages = new Map(main.packages);
  for (const [folder, other] of others) {
    for (const [file, id] of other.files) files.set(`${folder}/${file}`, id);
    for (const [file, id] of other.packages) {
      packages.set(`${folder}/${file}`, id);
    }
  }
  const artifact = await storage.adopt(path, { name });
  files.set(name, artifact.id);
  return { files, packages };
}
