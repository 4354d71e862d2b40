import { RepodataError } from '../metadata';
import {
  TextChunks,
  XmlAttributes,
  XmlElement,
  XmlFormat,
  children,
  readXml,
  textElement,
} from '../xml';
import {
  Advisory,
  AdvisoryCollection,
  AdvisoryPackage,
  AdvisoryTexts,
} from './Advisory';

// Limits for hostile input. The largest real advisories (a whole distribution's rebuild) list some
// 20,000 packages.
const MAX_PACKAGES = 500_000;
const MAX_REFERENCES = 100_000;
/** Ids are looked up, which databases do for short texts only. */
const MAX_ID_LENGTH = 255;

interface Reading {
  emit(advisory: Advisory): void;
  advisory: Advisory;
  collection: AdvisoryCollection;
  package: AdvisoryPackage;
  packageCount: number;
}

const text = (field: keyof AdvisoryTexts): XmlElement<Reading> =>
  textElement(({ advisory }, value) => {
    advisory[field] = value;
  });

const date = (field: keyof AdvisoryTexts): XmlElement<Reading> => ({
  open: ({ advisory }, attributes) => {
    advisory[field] = attributes.date;
  },
});

type PackageSuggestion =
  | 'rebootSuggested'
  | 'restartSuggested'
  | 'reloginSuggested';

const suggestion = (field: PackageSuggestion): XmlElement<Reading> =>
  textElement((reading, value) => {
    reading.package[field] = isSuggested(value);
  });

/** The element alone says yes; tools write `True` into it, and some write `False`. */
function isSuggested(value: string): boolean {
  return !['false', '0', 'no'].includes(
    value.trim().toLocaleLowerCase('en-US'),
  );
}

const UPDATEINFO: XmlFormat<Reading, Advisory> = {
  kind: 'updateinfo',
  rootName: 'updates',
  createState: emit => ({
    emit,
    advisory: emptyAdvisory({}),
    collection: { packages: [] },
    package: emptyPackage({}),
    packageCount: 0,
  }),
  root: {
    children: children<Reading>({
      update: {
        open: (reading, attributes) => {
          reading.advisory = emptyAdvisory(attributes);
          reading.packageCount = 0;
        },
        close: ({ emit, advisory }) => {
          if (!advisory.id) {
            throw new RepodataError('updateinfo', 'has an advisory without id');
          }
          if (advisory.id.length > MAX_ID_LENGTH) {
            throw new RepodataError(
              'updateinfo',
              `has an advisory whose id is longer than ${MAX_ID_LENGTH} characters`,
            );
          }
          emit(advisory);
        },
        children: children<Reading>({
          id: textElement(({ advisory }, id) => {
            advisory.id = id;
          }),
          title: text('title'),
          issued: date('issuedDate'),
          updated: date('updatedDate'),
          rights: text('rights'),
          release: text('release'),
          pushcount: text('pushcount'),
          severity: text('severity'),
          summary: text('summary'),
          description: text('description'),
          solution: text('solution'),
          reboot_suggested: textElement(({ advisory }, value) => {
            advisory.rebootSuggested = isSuggested(value);
          }),
          references: {
            children: children<Reading>({
              reference: {
                open: ({ advisory }, { href, id, type, title }) => {
                  limit(advisory, advisory.references.length, MAX_REFERENCES);
                  advisory.references.push(defined({ href, id, type, title }));
                },
              },
            }),
          },
          pkglist: {
            children: children<Reading>({ collection: collectionElement() }),
          },
        }),
      },
    }),
  },
};

function collectionElement(): XmlElement<Reading> {
  return {
    open: (reading, { short: shortname }) => {
      reading.collection = { ...defined({ shortname }), packages: [] };
      reading.advisory.pkglist.push(reading.collection);
    },
    children: children<Reading>({
      name: textElement(({ collection }, name) => {
        collection.name = name;
      }),
      module: {
        open: ({ collection }, attributes) => {
          const { name = '', stream = '', version = '' } = attributes;
          const { context = '', arch = '' } = attributes;
          collection.module = { name, stream, version, context, arch };
        },
      },
      package: {
        open: (reading, attributes) => {
          limit(reading.advisory, reading.packageCount++, MAX_PACKAGES);
          reading.package = emptyPackage(attributes);
        },
        close: reading => reading.collection.packages.push(reading.package),
        children: children<Reading>({
          filename: textElement((reading, filename) => {
            reading.package.filename = filename;
          }),
          sum: {
            value: (reading, value, { type }) => {
              const sum = value.trim();
              if (sum && type) {
                reading.package.sum = sum;
                reading.package.sumType = type;
              }
            },
          },
          reboot_suggested: suggestion('rebootSuggested'),
          restart_suggested: suggestion('restartSuggested'),
          relogin_suggested: suggestion('reloginSuggested'),
        }),
      },
    }),
  };
}

function emptyAdvisory(attributes: XmlAttributes): Advisory {
  const { from: fromstr, status, type, version } = attributes;
  return {
    id: '',
    ...defined({ fromstr, status, type, version }),
    rebootSuggested: false,
    pkglist: [],
    references: [],
  };
}

function emptyPackage(attributes: XmlAttributes): AdvisoryPackage {
  const { name = '', epoch, version = '', release = '' } = attributes;
  const { arch = '', src } = attributes;
  return {
    name,
    epoch: epoch || '0',
    version,
    release,
    arch,
    ...defined({ src }),
    rebootSuggested: false,
    restartSuggested: false,
    reloginSuggested: false,
  };
}

function defined<T extends object>(attributes: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

function limit({ id }: Advisory, count: number, maximum: number): void {
  if (count >= maximum) {
    throw new RepodataError(
      'updateinfo',
      `has advisory "${id.slice(
        0,
        80,
      )}" with more than ${maximum} packages or references`,
    );
  }
}

/**
 * Reads updateinfo.xml in small batches, in the document's order.
 *
 * @remarks
 * The collections of several `<pkglist>` of one advisory are joined. The same id may occur more than
 * once; what becomes of those is decided by the caller.
 *
 * @throws RepodataError when the file is malformed or an advisory has no id.
 */
export function readUpdateinfo(chunks: TextChunks): AsyncGenerator<Advisory[]> {
  return readXml(UPDATEINFO, chunks);
}
