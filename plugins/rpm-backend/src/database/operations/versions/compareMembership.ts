import type { Knex } from 'knex';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';
import type { DbRepositoryContentRow } from '../../tables';

/** Rows compared by one statement; keeps each SQLite call short. */
const WINDOW = 20_000;

/** Units that only one of two versions holds. */
export interface MembershipDifference {
  /** In the first, not in the second. */
  onlyFirst: number[];
  /** In the second, not in the first. */
  onlySecond: number[];
}

/**
 * Compares the content of two versions of any two repositories.
 *
 * @remarks
 * Within one repository the cost is that of the rows which changed between the two; across
 * repositories each unit of one is looked up in the other.
 */
export async function compareMembership(
  knex: Knex,
  first: VersionContent,
  second: VersionContent,
): Promise<MembershipDifference> {
  if (first.repositoryId !== second.repositoryId) {
    return {
      onlyFirst: await listOnlyIn(knex, first, second),
      onlySecond: await listOnlyIn(knex, second, first),
    };
  }
  if (first.number <= second.number) {
    const { lost, gained } = await changesBetween(
      knex,
      first.repositoryId,
      first.number,
      second.number,
    );
    return { onlyFirst: lost, onlySecond: gained };
  }
  const { lost, gained } = await changesBetween(
    knex,
    first.repositoryId,
    second.number,
    first.number,
  );
  return { onlyFirst: gained, onlySecond: lost };
}

/** What a repository lost and gained from one of its versions to a later one. */
async function changesBetween(
  knex: Knex,
  repositoryId: number,
  earlier: number,
  later: number,
): Promise<{ lost: number[]; gained: number[] }> {
  const rows = () =>
    knex<DbRepositoryContentRow>('repository_content')
      .select('unit_id')
      .where('repository_id', repositoryId);
  const ended = await rows()
    .where('version_removed', '>', earlier)
    .where('version_removed', '<=', later)
    .where('version_added', '<=', earlier);
  const begun = await rows()
    .where('version_added', '>', earlier)
    .where('version_added', '<=', later)
    .where(open =>
      open.whereNull('version_removed').orWhere('version_removed', '>', later),
    );
  // A unit that left and came back in between has a row of each kind, and did not change.
  const lost = new Set(ended.map(row => row.unit_id));
  const gained: number[] = [];
  for (const { unit_id: id } of begun) {
    if (!lost.delete(id)) gained.push(id);
  }
  return { lost: [...lost], gained };
}

/**
 * The units of one version that another one does not hold, wherever that is.
 *
 * @remarks
 * Window by window of the first repository's rows, so that no SQLite call is long.
 */
async function listOnlyIn(
  knex: Knex,
  content: VersionContent,
  other: VersionContent,
): Promise<number[]> {
  const found: number[][] = [];
  let after = 0;
  for (;;) {
    const bound = await knex<DbRepositoryContentRow>('repository_content')
      .select('unit_id')
      .where('repository_id', content.repositoryId)
      .where('unit_id', '>', after)
      .orderBy('unit_id')
      .offset(WINDOW)
      .first();
    const query = knex<DbRepositoryContentRow>('repository_content')
      .select('unit_id')
      .where('unit_id', '>', after)
      .whereNotExists(
        whereInVersion(
          knex('repository_content as other')
            .select(knex.raw('1'))
            .whereRaw('other.unit_id = repository_content.unit_id'),
          other,
          'other',
        ),
      );
    if (bound) query.where('unit_id', '<=', bound.unit_id);
    const rows: { unit_id: number }[] = await whereInVersion(query, content);
    found.push(rows.map(row => row.unit_id));
    if (!bound) return found.flat();
    after = bound.unit_id;
    await pause();
  }
}
