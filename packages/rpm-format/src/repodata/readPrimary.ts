import {
  RelationFlag,
  RelationKind,
  RELATION_KINDS,
  RpmPackage,
} from '../package';
import {
  TextChunks,
  XmlAttributes,
  XmlElement,
  XmlFormat,
  children,
  readXml,
  textElement,
} from '../xml';
import { PackageReading } from './PackageReading';

type Reading = PackageReading<RpmPackage>;

type TextField = {
  [K in keyof RpmPackage]-?: RpmPackage[K] extends string ? K : never;
}[keyof RpmPackage];

const text = (field: TextField): XmlElement<Reading> =>
  textElement((reading, value) => {
    reading.entry[field] = value;
  });

const FLAGS: ReadonlySet<string> = new Set<RelationFlag>([
  'EQ',
  'LT',
  'GT',
  'LE',
  'GE',
]);

function isRelationFlag(flag: string): flag is RelationFlag {
  return FLAGS.has(flag);
}

function addRelation(
  reading: Reading,
  kind: RelationKind,
  { name, flags, epoch, ver, rel, pre }: XmlAttributes,
): void {
  reading.countRelation();
  if (!name) {
    reading.fail(`with an entry without a name in its ${kind}`);
  }
  const relation: RpmPackage[RelationKind][number] = { name };
  if (flags) {
    if (!isRelationFlag(flags)) {
      reading.fail(`with the unknown comparison "${flags.slice(0, 20)}"`);
    }
    relation.flags = flags;
    if (epoch) relation.epoch = epoch;
    if (ver) relation.version = ver;
    if (rel) relation.release = rel;
  }
  if (pre && pre !== '0') {
    relation.pre = true;
  }
  reading.entry[kind].push(relation);
}

const relations = Object.fromEntries(
  RELATION_KINDS.map((kind): [string, XmlElement<Reading>] => [
    `rpm:${kind}`,
    {
      children: children<Reading>({
        'rpm:entry': {
          open: (reading, attributes) => addRelation(reading, kind, attributes),
        },
      }),
    },
  ]),
);

const PRIMARY: XmlFormat<Reading, RpmPackage> = {
  kind: 'primary',
  rootName: 'metadata',
  createState: emit => new PackageReading('primary', emit, emptyPackage()),
  root: {
    open: (reading, attributes) => reading.announce(attributes),
    children: children<Reading>({
      package: {
        open: reading => reading.begin(emptyPackage()),
        close: reading => {
          reading.checkIdentity();
          if (!reading.entry.locationHref) {
            reading.fail('without a location');
          }
          if (!reading.entry.checksumType) {
            reading.fail('without a checksum type');
          }
          reading.finish();
        },
        children: children<Reading>({
          name: text('name'),
          arch: text('arch'),
          version: {
            open: (reading, attributes) => reading.setVersion(attributes),
          },
          checksum: {
            value: ({ entry }, value, { type, pkgid }) => {
              if (pkgid === undefined || pkgid === 'YES') {
                entry.pkgId = value;
                entry.checksumType = type ?? '';
              }
            },
          },
          summary: text('summary'),
          description: text('description'),
          packager: text('packager'),
          url: text('url'),
          time: {
            open: (reading, { file, build }) => {
              reading.entry.timeFile = reading.number('file time', file);
              reading.entry.timeBuild = reading.number('build time', build);
            },
          },
          size: {
            open: (reading, { package: size, installed, archive }) => {
              const { entry } = reading;
              entry.sizePackage = reading.number('size', size);
              entry.sizeInstalled = reading.number('installed size', installed);
              entry.sizeArchive = reading.number('archive size', archive);
            },
          },
          location: {
            open: ({ entry }, attributes) => {
              entry.locationHref = attributes.href ?? '';
              if (attributes['xml:base']) {
                entry.locationBase = attributes['xml:base'];
              }
            },
          },
          format: {
            children: children<Reading>({
              'rpm:license': text('license'),
              'rpm:vendor': text('vendor'),
              'rpm:group': text('group'),
              'rpm:buildhost': text('buildhost'),
              'rpm:sourcerpm': text('sourcerpm'),
              'rpm:header-range': {
                open: (reading, { start, end }) => {
                  const { entry } = reading;
                  entry.headerStart = reading.number('header start', start);
                  entry.headerEnd = reading.number('header end', end);
                },
              },
              ...relations,
              file: {
                value: (reading, path, attributes) =>
                  reading.addFile(reading.entry.files, path, attributes),
              },
            }),
          },
        }),
      },
    }),
  },
  end: reading => reading.end(),
};

function emptyPackage(): RpmPackage {
  return {
    name: '',
    epoch: '0',
    version: '',
    release: '',
    arch: '',
    pkgId: '',
    checksumType: '',
    summary: '',
    description: '',
    packager: '',
    url: '',
    timeFile: 0,
    timeBuild: 0,
    sizePackage: 0,
    sizeInstalled: 0,
    sizeArchive: 0,
    locationHref: '',
    license: '',
    vendor: '',
    group: '',
    buildhost: '',
    sourcerpm: '',
    headerStart: 0,
    headerEnd: 0,
    provides: [],
    requires: [],
    conflicts: [],
    obsoletes: [],
    suggests: [],
    enhances: [],
    recommends: [],
    supplements: [],
    files: [],
    changelogs: [],
  };
}

/**
 * Reads primary.xml in small batches.
 *
 * @remarks
 * `files` holds the few files that primary.xml lists, `changelogs` is empty; see `readPackages` for
 * the whole. Packages are passed on as they stand: the same NEVRA may occur more than once, and
 * `locationHref` is whatever the file says and not to be trusted as a path.
 *
 * @throws RepodataError when the file is malformed, a package lacks its identity, checksum or
 * location, or there are not as many packages as announced.
 */
export function readPrimary(chunks: TextChunks): AsyncGenerator<RpmPackage[]> {
  return readXml(PRIMARY, chunks);
}
