import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import type { ContentType } from '../../../identifiers';
import { chunksBySize, chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbUnitRow } from '../../tables';
import { currentTimestamp } from '../../time';
import { touchUnits } from './touchUnits';

/** What is to be a unit: its identity is type and digest. */
export interface UnitDraft {
  type: ContentType;
  digest: string;
  /** What may stand in a repository version only once; undefined where there is no such rule. */
  repoKey: string | undefined;
  /** Characters to be written, roughly; transactions are cut by it. */
  size: number;
}

/** A unit that has just been created and has no row of its type yet. */
export interface CreatedUnit<T extends UnitDraft> {
  unitId: number;
  draft: T;
}

/** Keeps a transaction so short that other writers hardly notice. */
const TRANSACTION = { maxCount: 250, maxSize: 4_000_000 };

function identityOf({ type, digest }: Pick<UnitDraft, 'type' | 'digest'>) {
  return `${type} ${digest}`;
}

/**
 * Finds the units that exist and creates the others, in short transactions of its own.
 *
 * @remarks
 * Any number of callers may save the same units at once: the unique index decides who creates one,
 * the others find it. What is found is safe from the clean-up of orphans for as long as what was
 * created is. New ids ascend in the order of the drafts.
 *
 * @param insertDetails - writes the rows of the units' type, in the transaction that creates them
 * @param createdIds - gets the ids of those that did not exist
 * @returns the unit ids in the order of the drafts
 */
export async function saveUnits<T extends UnitDraft>(
  knex: Knex,
  drafts: readonly T[],
  insertDetails: (
    trx: Knex.Transaction,
    created: readonly CreatedUnit<T>[],
  ) => Promise<void>,
  createdIds?: Set<number>,
): Promise<number[]> {
  const ids = new Map<string, number>();
  const wanted = new Map(drafts.map(draft => [identityOf(draft), draft]));
  const settle = (identity: string, id: number) => {
    ids.set(identity, id);
    wanted.delete(identity);
  };
  while (wanted.size) {
    for await (const units of findUnits(knex, [...wanted.values()])) {
      const existing = await touchUnits(
        knex,
        units.map(({ id }) => id),
      );
      for (const unit of units) {
        if (existing.has(unit.id)) settle(identityOf(unit), unit.id);
      }
    }
    // What another caller creates meanwhile stays wanted and is found in the next round.
    const chunks = chunksBySize(
      [...wanted.values()],
      draft => draft.size,
      TRANSACTION,
    );
    for (const chunk of chunks) {
      const created = await knex.transaction(async trx => {
        const units = await insertUnits(trx, chunk);
        if (units.length) await insertDetails(trx, units);
        return units;
      });
      for (const { unitId, draft } of created) {
        settle(identityOf(draft), unitId);
        createdIds?.add(unitId);
      }
      await pause();
    }
  }
  return drafts.map(draft => ids.get(identityOf(draft))!);
}

async function* findUnits<T extends UnitDraft>(
  knex: Knex,
  drafts: readonly T[],
): AsyncGenerator<{ id: number; type: ContentType; digest: string }[]> {
  const types = [...new Set(drafts.map(({ type }) => type))];
  for (const chunk of chunksOf(drafts)) {
    yield await knex('unit')
      .select('id', 'type', 'digest')
      .whereIn('type', types)
      .whereIn(
        'digest',
        chunk.map(({ digest }) => digest),
      );
    await pause();
  }
}

async function insertUnits<T extends UnitDraft>(
  trx: Knex.Transaction,
  drafts: readonly T[],
): Promise<CreatedUnit<T>[]> {
  const now = currentTimestamp();
  const rows: Partial<DbUnitRow>[] = drafts.map(draft => ({
    uuid: uuidv7(),
    type: draft.type,
    digest: draft.digest,
    repo_key: draft.repoKey ?? null,
    created_at: now,
  }));
  if (trx.client.config.client === 'pg') await prepareForLocking(trx, rows);
  const inserted: { id: number; type: ContentType; digest: string }[] =
    await trx('unit')
      .insert(rows)
      .onConflict(['type', 'digest'])
      .ignore()
      .returning(['id', 'type', 'digest']);
  const idByIdentity = new Map(
    inserted.map(unit => [identityOf(unit), unit.id]),
  );
  return drafts.flatMap(draft => {
    const unitId = idByIdentity.get(identityOf(draft));
    return unitId === undefined ? [] : [{ unitId, draft }];
  });
}

/**
 * Two transactions that insert the same units in different orders would wait for each other for
 * ever. So all insert in the order of the digests; the ids, which are to follow the order of the
 * drafts, are drawn beforehand.
 */
async function prepareForLocking(
  trx: Knex.Transaction,
  rows: Partial<DbUnitRow>[],
): Promise<void> {
  const drawn = await trx.raw(
    `select nextval(pg_get_serial_sequence('unit', 'id')) as id from generate_series(1, ?)`,
    [rows.length],
  );
  const ids: number[] = drawn.rows
    .map(({ id }: { id: string }) => Number(id))
    .sort((a: number, b: number) => a - b);
  rows.forEach((row, index) => {
    row.id = ids[index];
  });
  rows.sort((a, b) => compareTexts(a.digest!, b.digest!));
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
