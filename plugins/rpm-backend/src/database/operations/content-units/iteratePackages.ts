import type { Knex } from 'knex';
import { mergeRuns } from '../../../content-units/mergeRuns';
import type { StoredPackage } from '../../../content-units/storedPackage';
import { chunksOf } from '../../chunks';
import type { VersionContent } from '../../membership';
import { pause } from '../../pause';
import type { DbPackageRow } from '../../tables';
import { iterateUnitIds } from '../versions/readMembership';
import { readStoredPackages } from './readStoredPackages';

type SortRow = Pick<DbPackageRow, 'unit_id' | 'name' | 'evr_key' | 'arch'>;

/** Rows read and sorted at a time; takes some 10 ms. */
const WINDOW = 2_500;

/** Packages yielded at a time. */
const BATCH = 250;

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareRows(a: SortRow, b: SortRow): number {
  return (
    compareTexts(a.name, b.name) ||
    compareTexts(a.evr_key, b.evr_key) ||
    compareTexts(a.arch, b.arch) ||
    a.unit_id - b.unit_id
  );
}

/** The packages of a version in windows by id, each sorted. */
async function readSortedRuns(
  knex: Knex,
  content: VersionContent,
): Promise<SortRow[][]> {
  const runs: SortRow[][] = [];
  for await (const ids of iterateUnitIds(knex, content, 'rpm.package')) {
    for (const window of chunksOf(ids, WINDOW)) {
      const rows: SortRow[] = await knex<DbPackageRow>('rpm_package')
        .select('unit_id', 'name', 'evr_key', 'arch')
        .whereIn('unit_id', window);
      runs.push(rows.sort(compareRows));
      await pause();
    }
  }
  return runs;
}

/**
 * The packages of a version in batches, ordered by name, version and architecture.
 *
 * @remarks
 * Neither engine sorts 100,000 rows in one short call, so windows are sorted here and merged as they
 * are consumed. In memory at any time are the sort columns of all packages (about 150 bytes each)
 * and one whole batch.
 */
export async function* iteratePackages(
  knex: Knex,
  content: VersionContent,
): AsyncGenerator<StoredPackage[], void, undefined> {
  const runs = await readSortedRuns(knex, content);
  let batch: number[] = [];
  for (const row of mergeRuns(runs, compareRows)) {
    batch.push(row.unit_id);
    if (batch.length === BATCH) {
      yield await readStoredPackages(knex, batch);
      batch = [];
    }
  }
  if (batch.length) yield await readStoredPackages(knex, batch);
}
