import type { Knex } from 'knex';
import * as contents from '../../database/operations/published-content';
import type { ChecksumType } from '../../storage';
import type { Content } from '../types';

/** The file of a package: stored, or where it can be fetched. */
export async function packageContent(
  knex: Knex,
  file: contents.PackageFile,
  name: string,
): Promise<Content> {
  const { unitId } = file;
  const stored = await contents.readStoredFile(knex, unitId);
  if (stored) return { kind: 'stored', name, ...stored };
  const sources = await contents.listRemoteSources(knex, unitId);
  if (!sources.length) {
    return { kind: 'missing', reason: `No file of ${name} is known.` };
  }
  return {
    kind: 'remote',
    name,
    unitId,
    treePath: undefined,
    size: file.size,
    checksum: { type: file.checksumType as ChecksumType, value: file.pkgId },
    sources,
  };
}
