import type { RpmFile } from '@rpmportal/rpm-format';
import { cleanText, joinEntries, splitEntries, UNIT } from './text';

/** File names cannot contain `/`, so slashes after a name can say what it is. */
const MARKS: Record<RpmFile['type'], string> = {
  file: '',
  dir: '/',
  ghost: '//',
};

function typeOf(markLength: number): RpmFile['type'] {
  if (markLength === 0) return 'file';
  return markLength === MARKS.dir.length ? 'dir' : 'ghost';
}

/** A path as its folder, with trailing slash, and the name in it. */
export function splitPath(path: string): [folder: string, name: string] {
  const end = path.lastIndexOf('/') + 1;
  return [path.slice(0, end), path.slice(end)];
}

/**
 * Packs a file list into one text, in its order: a folder and the names in it are one entry, so the
 * folder of neighbouring files is written once.
 */
export function packFiles(files: readonly RpmFile[]): string {
  const entries: string[] = [];
  let entry = '';
  let currentFolder: string | undefined;
  for (const { path, type } of files) {
    const [folder, name] = splitPath(cleanText(path));
    if (folder !== currentFolder) {
      if (currentFolder !== undefined) entries.push(entry);
      currentFolder = folder;
      entry = folder;
    }
    entry += UNIT + name + MARKS[type];
  }
  if (currentFolder !== undefined) entries.push(entry);
  return joinEntries(entries);
}

/** Reads what {@link packFiles} wrote. */
export function unpackFiles(packed: string): RpmFile[] {
  const files: RpmFile[] = [];
  for (const entry of splitEntries(packed)) {
    const [folder, ...names] = entry.split(UNIT);
    for (const marked of names) {
      const slash = marked.indexOf('/');
      const name = slash < 0 ? marked : marked.slice(0, slash);
      files.push({
        type: typeOf(marked.length - name.length),
        path: folder + name,
      });
    }
  }
  return files;
}
