import type { Knex } from 'knex';
import type { ContentType } from '../../../identifiers';
import { chunksOf } from '../../chunks';
import {
  whereHeldByVersion,
  whereInVersion,
  type VersionContent,
} from '../../membership';
import { readPackedColumn } from '../../packedRows';
import { pause } from '../../pause';
import type { DbRepositoryContentRow, DbUnitRow } from '../../tables';

/** What version rules look at of a unit, whatever its type. */
export interface UnitFacts {
  id: number;
  type: ContentType;
  /** What may stand in a version only once; undefined when there is no such rule. */
  repoKey: string | undefined;
}

type UnitFactsRow = Pick<DbUnitRow, 'id' | 'type' | 'repo_key'>;

function toUnitFacts(row: UnitFactsRow): UnitFacts {
  return {
    id: row.id,
    type: row.type as ContentType,
    repoKey: row.repo_key ?? undefined,
  };
}

/** The facts of units; those that do not exist are left out. */
export async function readUnitFacts(
  knex: Knex,
  ids: readonly number[],
): Promise<UnitFacts[]> {
  const facts: UnitFacts[] = [];
  for (const chunk of chunksOf(ids)) {
    const rows: UnitFactsRow[] = await knex<DbUnitRow>('unit')
      .select('id', 'type', 'repo_key')
      .whereIn('id', chunk);
    facts.push(...rows.map(toUnitFacts));
    await pause();
  }
  return facts;
}

/** Which of the units a version holds. */
export async function listPresent(
  knex: Knex,
  content: VersionContent,
  ids: readonly number[],
): Promise<Set<number>> {
  const present = new Set<number>();
  for (const chunk of chunksOf(ids)) {
    const query = knex<DbRepositoryContentRow>('repository_content')
      .select('unit_id')
      .whereIn('unit_id', chunk);
    const rows: { unit_id: number }[] = await whereInVersion(query, content);
    for (const row of rows) present.add(row.unit_id);
    await pause();
  }
  return present;
}

/** The units of a version that have the repository key of one of the given units. */
export async function listHoldersOfKeys(
  knex: Knex,
  content: VersionContent,
  units: readonly UnitFacts[],
): Promise<UnitFacts[]> {
  const holders: UnitFacts[] = [];
  for (const type of new Set(units.map(unit => unit.type))) {
    const keys = units.flatMap(unit =>
      unit.type === type ? unit.repoKey ?? [] : [],
    );
    for (const chunk of chunksOf(keys)) {
      const query = knex<DbUnitRow>('unit')
        .select('unit.id', 'unit.type', 'unit.repo_key')
        .where('unit.type', type)
        .whereIn('unit.repo_key', chunk);
      whereHeldByVersion(knex, query, 'unit.id', content);
      const rows: UnitFactsRow[] = await query;
      holders.push(...rows.map(toUnitFacts));
      await pause();
    }
  }
  return holders;
}

/** Rows of one type, or of all, that are read at a time; keeps each SQLite call short. */
const WINDOW = 10_000;

/**
 * Walks the unit ids of a version in ascending order, in windows of bounded size.
 *
 * @param type - of this type only
 */
export async function* iterateUnitIds(
  knex: Knex,
  content: VersionContent,
  type?: ContentType,
): AsyncGenerator<number[], void, undefined> {
  let after = 0;
  for (;;) {
    const query = knex<DbRepositoryContentRow>('repository_content')
      .select('unit_id')
      .where('unit_id', '>', after)
      .orderBy('unit_id')
      .limit(WINDOW);
    if (type) query.where('unit_type', type);
    const ids = await readPackedColumn<number>(
      knex,
      whereInVersion(query, content),
      'unit_id',
    );
    if (ids.length) yield ids;
    if (ids.length < WINDOW) return;
    after = ids[ids.length - 1];
    await pause();
  }
}

/** All unit ids of a version, or those of one type, in ascending order. */
export async function listUnitIds(
  knex: Knex,
  content: VersionContent,
  type?: ContentType,
): Promise<number[]> {
  const all: number[] = [];
  for await (const ids of iterateUnitIds(knex, content, type)) {
    for (const id of ids) all.push(id);
  }
  return all;
}
