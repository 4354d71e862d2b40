import { RepodataError } from '../metadata';
import {
  XmlAttributes,
  XmlFormat,
  children,
  decodeText,
  readXmlText,
  textElement,
} from '../xml';
import { readNumber } from './readNumber';
import { Checksum, Repomd, RepomdRecord, RepomdTags } from './Repomd';

interface RepomdState {
  repomd: Repomd;
  record: Partial<RepomdRecord>;
}

const tag = (
  add: (tags: RepomdTags, text: string, attributes: XmlAttributes) => void,
) => ({
  value: ({ repomd }: RepomdState, text: string, attributes: XmlAttributes) => {
    repomd.tags ??= { content: [], repo: [], distro: [] };
    add(repomd.tags, text, attributes);
  },
});

const checksum = (
  store: (record: Partial<RepomdRecord>, value: Checksum) => void,
) => ({
  value: ({ record }: RepomdState, text: string, { type }: XmlAttributes) => {
    const value = text.trim();
    if (!type || !value) {
      throw new RepodataError(
        'repomd',
        `has a checksum without a type or value for "${record.type}"`,
      );
    }
    store(record, { type, value });
  },
});

const number = (
  what: string,
  store: (record: Partial<RepomdRecord>, value: number | undefined) => void,
) =>
  textElement<RepomdState>(({ record }, text) =>
    store(
      record,
      readNumber('repomd', `for "${record.type}" the ${what}`, text.trim()),
    ),
  );

const REPOMD: XmlFormat<RepomdState, never> = {
  kind: 'repomd',
  rootName: 'repomd',
  createState: () => ({
    repomd: { revision: '', records: [] },
    record: {},
  }),
  root: {
    children: children<RepomdState>({
      revision: textElement(({ repomd }, text) => {
        repomd.revision = text;
      }),
      tags: {
        children: children<RepomdState>({
          content: tag((tags, text) => tags.content.push(text)),
          repo: tag((tags, text) => tags.repo.push(text)),
          distro: tag((tags, name, { cpeid }) =>
            tags.distro.push(cpeid === undefined ? { name } : { cpeid, name }),
          ),
        }),
      },
      data: {
        open: (state, { type }) => {
          if (!type) {
            throw new RepodataError('repomd', 'has an entry without a type');
          }
          state.record = { type };
        },
        children: children<RepomdState>({
          location: {
            open: ({ record }, attributes) => {
              record.locationHref = attributes.href;
              if (attributes['xml:base']) {
                record.locationBase = attributes['xml:base'];
              }
            },
          },
          checksum: checksum((record, value) => {
            record.checksum = value;
          }),
          'open-checksum': checksum((record, value) => {
            record.openChecksum = value;
          }),
          size: number('size', (record, value) => {
            record.size = value;
          }),
          'open-size': number('open size', (record, value) => {
            record.openSize = value;
          }),
          timestamp: number('time stamp', (record, value) => {
            record.timestamp = value;
          }),
          database_version: number('database version', (record, value) => {
            record.databaseVersion = value;
          }),
        }),
        close: ({ repomd, record }) => {
          repomd.records.push(completeRecord(record));
        },
      },
    }),
  },
};

function completeRecord(record: Partial<RepomdRecord>): RepomdRecord {
  const { type, locationHref, checksum: fileChecksum } = record;
  if (!locationHref) {
    throw new RepodataError('repomd', `has no location for "${type}"`);
  }
  if (!fileChecksum) {
    throw new RepodataError('repomd', `has no checksum for "${type}"`);
  }
  return { ...record, type: type!, locationHref, checksum: fileChecksum };
}

/**
 * Reads repomd.xml.
 *
 * @throws RepodataError when it is malformed or an entry lacks its type, location or checksum.
 */
export function parseRepomd(content: Uint8Array | string): Repomd {
  return readXmlText(REPOMD, decodeText('repomd', content)).repomd;
}
