import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';

/** Rows looked at by one statement; keeps each SQLite call short. */
const WINDOW = 2_000;

/** What can be an orphan, and the tables whose rows keep it from being one. */
interface OrphanKind {
  table: string;
  /** The column by which the holders name it. */
  key: string;
  /** All tables that refer to it and do not go with it. */
  holders: readonly string[];
}

export const ORPHAN_UNITS: OrphanKind = {
  table: 'unit',
  key: 'unit_id',
  holders: ['repository_content', 'publication_package'],
};

export const ORPHAN_ARTIFACTS: OrphanKind = {
  table: 'artifact',
  key: 'artifact_id',
  holders: ['unit_artifact', 'publication_file', 'rpm_distribution_tree_file'],
};

/** Narrows a query to what nothing holds. */
export function whereUnheld(
  knex: Knex,
  query: Knex.QueryBuilder,
  { table, key, holders }: OrphanKind,
): void {
  for (const holder of holders) {
    query.whereNotExists(
      knex(`${holder} as holder`)
        .select(knex.raw('1'))
        .whereRaw('?? = ??', [`holder.${key}`, `${table}.id`]),
    );
  }
}

/** Narrows a query to what nothing holds and nobody has wanted since a time. */
export function whereOrphan(
  knex: Knex,
  query: Knex.QueryBuilder,
  kind: OrphanKind,
  before: string,
): void {
  whereUnheld(knex, query, kind);
  query.whereRaw('coalesce(??, ??) < ?', [
    `${kind.table}.touched_at`,
    `${kind.table}.created_at`,
    before,
  ]);
}

/**
 * Walks the ids of orphans in batches of bounded size, some of which are empty.
 *
 * @param before - a time stamp; what was made or wanted later is left out
 * @param among - only these
 */
export async function* iterateOrphans(
  knex: Knex,
  kind: OrphanKind,
  before: string,
  among?: readonly number[],
): AsyncGenerator<number[], void, undefined> {
  for await (const window of among
    ? namedWindows(among)
    : allWindows(knex, kind)) {
    const query = knex(kind.table)
      .select(`${kind.table}.id`)
      .orderBy(`${kind.table}.id`);
    window(query);
    whereOrphan(knex, query, kind, before);
    const rows: { id: number }[] = await query;
    yield rows.map(({ id }) => id);
    await pause();
  }
}

type Narrow = (query: Knex.QueryBuilder) => void;

function* namedWindows(ids: readonly number[]): Generator<Narrow> {
  for (const chunk of chunksOf(ids)) {
    yield query => query.whereIn('id', chunk);
  }
}

async function* allWindows(
  knex: Knex,
  { table }: OrphanKind,
): AsyncGenerator<Narrow, void, undefined> {
  for (let after = 0; ; ) {
    const from = after;
    const last: { id: number } | undefined = await knex(table)
      .select('id')
      .where('id', '>', from)
      .orderBy('id')
      .offset(WINDOW - 1)
      .first();
    yield query => {
      query.where('id', '>', from);
      if (last) query.where('id', '<=', last.id);
    };
    if (!last) return;
    after = last.id;
  }
}

/**
 * Deletes those of the rows that are still orphans, with everything that goes with them.
 *
 * @remarks
 * On PostgreSQL the rows are locked before it is looked whether something holds them, for another
 * transaction may be about to refer to them: the lock is not to be had then, and the row stays. Who
 * comes later waits, and finds that the row is gone. SQLite has one writer.
 *
 * @param columns - what to tell of the deleted ones
 */
export async function deleteOrphans<T extends object>(
  trx: Knex.Transaction,
  kind: OrphanKind,
  ids: readonly number[],
  before: string,
  columns: (keyof T & string)[] = [],
): Promise<T[]> {
  const rows = () => trx(kind.table);
  const free =
    trx.client.config.client === 'pg'
      ? await rows()
          .whereIn('id', ids)
          .orderBy('id')
          .forUpdate()
          .skipLocked()
          .pluck('id')
      : ids;
  const query = rows()
    .select('id', ...columns)
    .whereIn('id', free);
  whereOrphan(trx, query, kind, before);
  const orphans: (T & { id: number })[] = await query;
  await rows()
    .whereIn(
      'id',
      orphans.map(({ id }) => id),
    )
    .delete();
  return orphans;
}
