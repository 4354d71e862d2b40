import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbPublicationPackageRow } from '../../tables';

/** Rows a statement writes. */
const CHUNK = 500;

/** Rows read at a time; keeps each SQLite call short. */
const WINDOW = 5_000;

/** Says where the packages of a publication are that has a remote's own metadata. */
export async function insertPublicationPackages(
  trx: Knex.Transaction,
  publicationId: number,
  packages: ReadonlyMap<string, number>,
): Promise<void> {
  for (const chunk of chunksOf([...packages], CHUNK)) {
    await trx<DbPublicationPackageRow>('publication_package').insert(
      chunk.map(([path, unitId]) => ({
        publication_id: publicationId,
        path,
        unit_id: unitId,
      })),
    );
    await pause();
  }
}

/** The unit of the package that a publication has at a path, or undefined. */
export async function readPublicationPackage(
  knex: Knex,
  publicationId: number,
  path: string,
): Promise<number | undefined> {
  const row = await knex<DbPublicationPackageRow>('publication_package')
    .where({ publication_id: publicationId, path })
    .select('unit_id')
    .first();
  return row?.unit_id;
}

/**
 * Walks the packages of a publication below a folder, by path.
 *
 * @param prefix - empty, or with a trailing slash
 */
export async function* iteratePublicationPackages(
  knex: Knex,
  publicationId: number,
  prefix: string,
): AsyncGenerator<{ path: string; size: number }[], void, undefined> {
  let after = prefix;
  for (;;) {
    const query = knex('publication_package as place')
      .join('rpm_package as package', 'package.unit_id', 'place.unit_id')
      .select({ path: 'place.path', size: 'package.size_package' })
      .where('place.publication_id', publicationId)
      .where('place.path', '>', after)
      .orderBy('place.path')
      .limit(WINDOW);
    // The character after `/`, so that what begins with the prefix comes before.
    if (prefix) query.where('place.path', '<', `${prefix.slice(0, -1)}0`);
    const rows: { path: string; size: number | string }[] = await query;
    if (rows.length) {
      yield rows.map(({ path, size }) => ({ path, size: Number(size) }));
      after = rows[rows.length - 1].path;
    }
    if (rows.length < WINDOW) return;
    await pause();
  }
}

/** The stored files of a publication: artifact ids by path. */
export async function readPublicationArtifacts(
  knex: Knex,
  publicationId: number,
): Promise<Map<string, number>> {
  const rows = await knex('publication_file')
    .where({ publication_id: publicationId })
    .select('path', 'artifact_id');
  return new Map(rows.map(row => [row.path, row.artifact_id]));
}
