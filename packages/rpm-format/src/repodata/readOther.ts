import {
  TextChunks,
  XmlAttributes,
  XmlFormat,
  children,
  readXml,
} from '../xml';
import { OtherEntry } from './PackageEntry';
import { PackageReading } from './PackageReading';

type Reading = PackageReading<OtherEntry>;

const emptyEntry = ({ pkgid, name, arch }: XmlAttributes): OtherEntry => ({
  pkgId: pkgid ?? '',
  name: name ?? '',
  epoch: '0',
  version: '',
  release: '',
  arch: arch ?? '',
  changelogs: [],
});

const OTHER: XmlFormat<Reading, OtherEntry> = {
  kind: 'other',
  rootName: 'otherdata',
  createState: emit => new PackageReading('other', emit, emptyEntry({})),
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
          changelog: {
            value: (reading, text, { author = '', date }) => {
              const { changelogs } = reading.entry;
              reading.limitChangelogs(changelogs.length);
              const time = reading.number('change log date', date);
              changelogs.push({ author, time, text });
            },
          },
        }),
      },
    }),
  },
  end: reading => reading.end(),
};

/**
 * Reads other.xml, the change logs, in small batches.
 *
 * @throws RepodataError as `readPrimary` does.
 */
export function readOther(chunks: TextChunks): AsyncGenerator<OtherEntry[]> {
  return readXml(OTHER, chunks);
}
