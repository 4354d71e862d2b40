import type { Knex } from 'knex';
import { mergeRuns } from '../../../content-units/mergeRuns';
import type { StoredPackage } from '../../../content-units/storedPackage';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';
import type { DbPackageRow } from '../../tables';
import { readStoredPackages } from './readStoredPackages';

type SortRow = Pick<DbPackageRow, 'unit_id' | 'name' | 'evr_key' | 'arch'>;

/** Rows read and sorted at a time; takes some 10 ms. */
const WINDOW = 5_000;

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
  let after = 0;
  for (;;) {
    const query = knex('repository_content')
      .join('rpm_package as package', {
        'package.unit_id': 'repository_content.unit_id',
      })
      .select('package.unit_id', 'package.name', 'package.evr_key', 'package.arch')
      .where('repository_content.unit_type', 'rpm.package')
      .where('repository_content.unit_id', '>', after)
      .orderBy('repository_content.unit_id')
      .limit(WINDOW);
    const rows: SortRow[] = await whereInVersion(query, content);
    if (rows.length) {
      after = rows[rows.length - 1].unit_id;
      runs.push(rows.sort(compareRows));
    }
    await pause();
    if (rows.length < WINDOW) return runs;
  }
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
