import type { Knex } from 'knex';
import type { ContentType } from '../../../identifiers';
import type { VersionRecord } from '../../../repository/versionTypes';
import type { VersionContent } from '../../membership';
import { pause } from '../../pause';
import type { DbRepositoryContentRow } from '../../tables';
import { listUnitIds } from './readMembership';

/** Units that only one of two versions holds. */
export interface MembershipDifference {
  /** In the first, not in the second. */
  onlyFirst: number[];
  /** In the second, not in the first. */
  onlySecond: number[];
}

/** The content of a version whose counts are known. */
type CountedContent = VersionContent & Pick<VersionRecord, 'counts'>;

/**
 * Compares the content of two versions of any two repositories.
 *
 * @remarks
 * Within one repository the cost is that of the rows which changed between the two; across
 * repositories all of both are read, in order, which is cheaper than looking units up.
 */
export async function compareMembership(
  knex: Knex,
  first: CountedContent,
  second: CountedContent,
): Promise<MembershipDifference> {
  const all: MembershipDifference = { onlyFirst: [], onlySecond: [] };
  for (const each of (await compareByType(knex, first, second)).values()) {
    for (const id of each.onlyFirst) all.onlyFirst.push(id);
    for (const id of each.onlySecond) all.onlySecond.push(id);
  }
  return all;
}

/**
 * As {@link compareMembership}, type by type; types that do not differ may be absent.
 *
 * @param types - of versions of two repositories: compare no others
 */
export async function compareByType(
  knex: Knex,
  first: CountedContent | undefined,
  second: CountedContent,
  types?: readonly ContentType[],
): Promise<Map<ContentType, MembershipDifference>> {
  if (first?.repositoryId === second.repositoryId) {
    return compareInRepository(knex, first, second);
  }
  const differences = new Map<ContentType, MembershipDifference>();
  for (const type of types ?? presentTypes(first, second)) {
    const [ours, theirs] = await Promise.all([
      first ? listUnitIds(knex, first, type) : [],
      listUnitIds(knex, second, type),
    ]);
    differences.set(type, {
      onlyFirst: subtract(ours, theirs),
      onlySecond: subtract(theirs, ours),
    });
  }
  return differences;
}

/** The types of which one of two versions holds units. */
export function presentTypes(
  first: CountedContent | undefined,
  second: CountedContent,
): ContentType[] {
  const present = { ...first?.counts.present, ...second.counts.present };
  return Object.keys(present) as ContentType[];
}

/** What of one ascending list is not in another. */
function subtract(ids: readonly number[], others: readonly number[]): number[] {
  let at = 0;
  return ids.filter(id => {
    while (others[at] < id) at += 1;
    return others[at] !== id;
  });
}

/** What changed between two versions of one repository, type by type. */
export async function compareInRepository(
  knex: Knex,
  first: VersionContent,
  second: VersionContent,
): Promise<Map<ContentType, MembershipDifference>> {
  const { repositoryId } = first;
  const [earlier, later] = [first.number, second.number].sort((a, b) => a - b);
  const span = { repositoryId, earlier, later };
  const lost = new Map<number, ContentType>();
  for await (const rows of walkChanges(knex, 'version_removed', span)) {
    for (const row of rows) {
      if (row.version_added <= earlier) lost.set(row.unit_id, row.unit_type);
    }
  }
  const gained = new Map<number, ContentType>();
  for await (const rows of walkChanges(knex, 'version_added', span)) {
    for (const { unit_id: id, unit_type: type, version_removed } of rows) {
      // A unit that left and came back in between has a row of each kind, and did not change.
      const stayed = version_removed === null || version_removed > later;
      if (stayed && !lost.delete(id)) gained.set(id, type);
    }
  }
  const differences = new Map<ContentType, MembershipDifference>();
  const differenceIn = (type: ContentType) => {
    const known = differences.get(type);
    const difference = known ?? { onlyFirst: [], onlySecond: [] };
    if (!known) differences.set(type, difference);
    return difference;
  };
  const forwards = first.number === earlier;
  for (const [id, type] of lost) {
    differenceIn(type)[forwards ? 'onlyFirst' : 'onlySecond'].push(id);
  }
  for (const [id, type] of gained) {
    differenceIn(type)[forwards ? 'onlySecond' : 'onlyFirst'].push(id);
  }
  return differences;
}

/** Rows read at a time; keeps each SQLite call short. */
const PAGE = 5_000;

type ChangeRow = DbRepositoryContentRow & { unit_type: ContentType };

/** The rows that began, or ended, after one version and up to another one of a repository. */
async function* walkChanges(
  knex: Knex,
  column: 'version_added' | 'version_removed',
  span: { repositoryId: number; earlier: number; later: number },
): AsyncGenerator<ChangeRow[], void, undefined> {
  let last: readonly [number, string, number] = [span.earlier + 1, '', 0];
  for (;;) {
    const rows: ChangeRow[] = await knex('repository_content')
      .select('unit_id', 'unit_type', 'version_added', 'version_removed')
      .where('repository_id', span.repositoryId)
      .where(column, '<=', span.later)
      .whereRaw('(??, unit_type, unit_id) > (?, ?, ?)', [column, ...last])
      .orderBy([column, 'unit_type', 'unit_id'])
      .limit(PAGE);
    yield rows;
    if (rows.length < PAGE) return;
    const { [column]: number, unit_type: type, unit_id: id } = rows[PAGE - 1];
    last = [number!, type, id];
    await pause();
  }
}
