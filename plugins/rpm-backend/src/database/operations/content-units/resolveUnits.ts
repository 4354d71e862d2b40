import type { Knex } from 'knex';
import {
  CONTENT_TYPES,
  hrefOf,
  parseReference,
  type ContentType,
} from '../../../identifiers';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbUnitRow } from '../../tables';

/** Which units hrefs and PRNs name. */
export interface ResolvedUnits {
  /** Unit ids in the order of their references, each once. */
  ids: number[];
  /** References that name no unit: none there, of another type, or no reference at all. */
  unknown: string[];
}

function isContentType(kind: string): kind is ContentType {
  return kind in CONTENT_TYPES;
}

/** Finds the units that hrefs and PRNs name. */
export async function resolveUnits(
  knex: Knex,
  references: readonly string[],
): Promise<ResolvedUnits> {
  const ids = new Set<number>();
  const unknown: string[] = [];
  for (const chunk of chunksOf([...new Set(references)])) {
    const named = chunk.map(text => {
      const reference = parseReference(text);
      return reference && 'uuid' in reference && isContentType(reference.kind)
        ? { text, type: reference.kind, uuid: reference.uuid }
        : { text, type: undefined, uuid: undefined };
    });
    const rows: Pick<DbUnitRow, 'id' | 'uuid' | 'type'>[] =
      await knex<DbUnitRow>('unit')
        .select('id', 'uuid', 'type')
        .whereIn(
          'uuid',
          named.flatMap(({ uuid }) => uuid ?? []),
        );
    const byUuid = new Map(rows.map(row => [row.uuid, row]));
    for (const { text, type, uuid } of named) {
      const row = uuid === undefined ? undefined : byUuid.get(uuid);
      if (row && row.type === type) ids.add(row.id);
      else unknown.push(text);
    }
    await pause();
  }
  return { ids: [...ids], unknown };
}

/** The hrefs of units by id; ids without a unit are left out. */
export async function unitHrefs(
  knex: Knex,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const hrefs = new Map<number, string>();
  for (const chunk of chunksOf(ids)) {
    const rows: Pick<DbUnitRow, 'id' | 'uuid' | 'type'>[] =
      await knex<DbUnitRow>('unit')
        .select('id', 'uuid', 'type')
        .whereIn('id', chunk);
    for (const { id, uuid, type } of rows) {
      hrefs.set(id, hrefOf(type as ContentType, uuid));
    }
    await pause();
  }
  return hrefs;
}
