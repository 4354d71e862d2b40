import {
  TextChunks,
  XmlAttributes,
  XmlFormat,
  children,
  readXml,
} from '../xml';
import { FilelistsEntry } from './PackageEntry';
import { PackageReading } from './PackageReading';

type Reading = PackageReading<FilelistsEntry>;

const emptyEntry = ({ pkgid, name, arch }: XmlAttributes): FilelistsEntry => ({
  pkgId: pkgid ?? '',
  name: name ?? '',
  epoch: '0',
  version: '',
  release: '',
  arch: arch ?? '',
  files: [],
});

const FILELISTS: XmlFormat<Reading, FilelistsEntry> = {
  kind: 'filelists',
  rootName: 'filelists',
  createState: emit => new PackageReading('filelists', emit, emptyEntry({})),
  root: {
    open: (reading, attributes) => reading.announce(attributes),
    children: children<Reading>({
      package: {
        open: (reading, attributes) => reading.begin(emptyEntry(attributes)),
        close: reading => {
          reading.checkIdentity();
          reading.finish();
        },
        children: children<Reading>({
          version: {
            open: (reading, attributes) => reading.setVersion(attributes),
          },
          file: {
            value: (reading, path, attributes) =>
              reading.addFile(reading.entry.files, path, attributes),
          },
        }),
      },
    }),
  },
  end: reading => reading.end(),
};

/**
 * Reads filelists.xml in small batches.
 *
 * @throws RepodataError as `readPrimary` does.
 */
export function readFilelists(
  chunks: TextChunks,
): AsyncGenerator<FilelistsEntry[]> {
  return readXml(FILELISTS, chunks);
}
