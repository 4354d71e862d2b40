import type { Knex } from 'knex';
import type { ContentType } from '../../../identifiers';
import { chunksOf } from '../../chunks';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';
import type { DbRepositoryContentRow } from '../../tables';

/** A unit that a version holds. */
export interface HeldUnit {
  id: number;
  type: ContentType;
}

/** Rows read at a time; keeps each SQLite call short. */
const WINDOW = 10_000;

function heldUnits(knex: Knex, content: VersionContent): Knex.QueryBuilder {
  return whereInVersion(
    knex<DbRepositoryContentRow>('repository_content').select(
      'unit_id as id',
      'unit_type as type',
    ),
    content,
  );
}

/** Those of the units that a version holds, by id. */
export async function findHeldUnits(
  knex: Knex,
  content: VersionContent,
  ids: readonly number[],
): Promise<Map<number, HeldUnit>> {
  const held = new Map<number, HeldUnit>();
  for (const chunk of chunksOf(ids)) {
    const rows: HeldUnit[] = await heldUnits(knex, content).whereIn(
      'unit_id',
      chunk,
    );
    for (const unit of rows) held.set(unit.id, unit);
    await pause();
  }
  return held;
}

/** All units of a version in ascending order of their ids, in windows of bounded size. */
export async function* iterateHeldUnits(
  knex: Knex,
  content: VersionContent,
): AsyncGenerator<HeldUnit[], void, undefined> {
  let after = 0;
  for (;;) {
    const rows: HeldUnit[] = await heldUnits(knex, content)
      .where('unit_id', '>', after)
      .orderBy('unit_id')
      .limit(WINDOW);
    if (rows.length) yield rows;
    await pause();
    if (rows.length < WINDOW) return;
    after = rows[rows.length - 1].id;
  }
}
