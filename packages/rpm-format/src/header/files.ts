import type { RpmFile } from '../package/RpmPackage';
import type { HeaderBlob } from './HeaderBlob';
import { RpmHeaderError } from './RpmHeaderError';
import { RpmTag } from './tags';

const FILE_TYPE_BITS = 0o170000;
const DIRECTORY = 0o040000;
const GHOST = 1 << 6;

/**
 * The files of a package in the header's order. Those of a source package have no folder.
 *
 * @throws RpmHeaderError when the parallel lists that make up the file list do not fit together
 */
export function readFiles(header: HeaderBlob): RpmFile[] {
  const names = header.texts(RpmTag.BASENAMES);
  const folders = header.texts(RpmTag.DIRNAMES);
  const folderOf = header.numbers(RpmTag.DIRINDEXES);
  const modes = header.numbers(RpmTag.FILEMODES);
  const flags = header.numbers(RpmTag.FILEFLAGS);
  const inconsistent = [folderOf, modes, flags].some(
    list => list.length !== names.length,
  );
  if (inconsistent || folderOf.some(index => index >= folders.length)) {
    throw new RpmHeaderError('its file list is inconsistent');
  }
  return names.map((name, i) => ({
    type: fileType(modes[i], flags[i]),
    path: folders[folderOf[i]] + name,
  }));
}

function fileType(mode: number, flags: number): RpmFile['type'] {
  if ((mode & FILE_TYPE_BITS) === DIRECTORY) {
    return 'dir';
  }
  return (flags & GHOST) === 0 ? 'file' : 'ghost';
}
