import type { Meter } from './Meter';
import { SIZES } from './populate';

/** Milliseconds. */
const BUDGET = { diff: 100, page: 50 };
const RUNS = 8;
const PACKAGES = 'content/rpm/packages/';

/** Compares versions with their predecessors; each comparison is made for the first time. */
export async function measureDiffs(
  meter: Meter,
  versions: readonly string[],
): Promise<void> {
  for (const version of versions) {
    const what = `diff in one repository, ${SIZES.changed} changed`;
    await meter.read(what, `${version}diff/`, BUDGET.diff);
    await meter.read(`${what}, next page`, `${version}diff/?offset=100`);
  }
}

/**
 * Compares versions with one of another repository, each for the first time.
 *
 * @param budgeted - it is one of those that have a budget
 */
export async function measureDiffsAcross(
  meter: Meter,
  versions: readonly string[],
  other: string,
  what: string,
): Promise<void> {
  for (const version of versions) {
    await meter.read(
      `diff of two repositories, ${what}`,
      `${version}diff/?from=${other}versions/1/`,
      BUDGET.diff,
    );
  }
}

/** Pages of a hundred packages, and of versions. */
export async function measureLists(
  meter: Meter,
  version: string,
  packages: number,
  name: string,
): Promise<void> {
  const inVersion = `repository_version=${version}`;
  const deep = `offset=${packages - 500}`;
  const lists: Record<string, string> = {
    'list, first page': '',
    'list, deep offset': deep,
    'list by name': `name=${name}`,
    'list, ordered by name': 'ordering=name',
    'list of version, first page': inVersion,
    'list of version, middle': `${inVersion}&offset=${packages / 2}`,
    'list of version, deep offset': `${inVersion}&${deep}`,
    'list of version by name': `${inVersion}&name=${name}`,
    'list of version, ordered by name': `${inVersion}&ordering=name`,
    'list of what a version added': `repository_version_added=${version}`,
    'list of what a version removed': `repository_version_removed=${version}`,
  };
  // These count all that they let through.
  const searches: Record<string, string> = {
    'list by part of a name': 'name__contains=amber-0',
    'list of version by part of a name': `${inVersion}&name__contains=amber-0`,
    'list of version by architecture': `${inVersion}&arch=noarch`,
  };
  for (const [queries, budget] of [
    [lists, BUDGET.page],
    [searches, undefined],
  ] as const) {
    for (const [what, query] of Object.entries(queries)) {
      for (let run = 0; run < RUNS; run++) {
        await meter.read(what, `${PACKAGES}?${query}&limit=100`, budget);
      }
    }
  }
  for (let run = 0; run < RUNS; run++) {
    await meter.read('read version with content summary', version, BUDGET.page);
  }
}

/** Versions of a repository that has five hundred. */
export async function measureVersionLists(
  meter: Meter,
  repository: string,
): Promise<void> {
  for (let run = 0; run < RUNS; run++) {
    await meter.read(
      `list 100 of ${SIZES.versions} versions`,
      `${repository}versions/?limit=100`,
      BUDGET.page,
    );
  }
}
