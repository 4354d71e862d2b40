import type { Knex } from 'knex';
import type { VersionContent } from '../../membership';
import type { DbRepositoryContentRow } from '../../tables';
import { iterateUnitIds } from './readMembership';

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
 * repositories the ids of both are walked in windows, and those of the first held in memory.
 */
export async function compareMembership(
  knex: Knex,
  first: VersionContent,
  second: VersionContent,
): Promise<MembershipDifference> {
  if (first.repositoryId !== second.repositoryId) {
    return compareRepositories(knex, first, second);
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

async function compareRepositories(
  knex: Knex,
  first: VersionContent,
  second: VersionContent,
): Promise<MembershipDifference> {
  const onlyFirst = new Set<number>();
  for await (const ids of iterateUnitIds(knex, first)) {
    for (const id of ids) onlyFirst.add(id);
  }
  const onlySecond: number[] = [];
  for await (const ids of iterateUnitIds(knex, second)) {
    for (const id of ids) {
      if (!onlyFirst.delete(id)) onlySecond.push(id);
    }
  }
  return { onlyFirst: [...onlyFirst], onlySecond };
}
