import { advisoryDigest, type Advisory } from '@rpmportal/rpm-format';
import { DateTime } from 'luxon';
import { TaskError } from '../../tasks/errors';
import { mergeAdvisories } from './mergeAdvisories';

/** How conflicts that nobody can decide safely are treated. */
export interface VersionRules {
  /**
   * Merge advisories of one id whose package lists overlap, and take the later one although the two
   * have nothing in common, instead of failing.
   */
  resolveUnsafeAdvisoryConflicts: boolean;
}

export const DEFAULT_VERSION_RULES: VersionRules = {
  resolveUnsafeAdvisoryConflicts: false,
};

const CODE = 'RPM0001';
const SETTING =
  'ALLOW_AUTOMATIC_UNSAFE_ADVISORY_CONFLICT_RESOLUTION (rpm.allowAutomaticUnsafeAdvisoryConflictResolution)';

/** A date in front, with or without dashes: luxon takes fewer digits for a time of today. */
const DATE = /^\d{4}-?\d\d-?\d\d(?:\D|$)/;

/**
 * When an advisory was updated, else issued, in milliseconds: a date with or without a time, else
 * whole seconds since 1970. What can be read as neither counts as before everything, so that any two
 * advisories compare.
 */
function timeOf({ updatedDate, issuedDate }: Advisory): number {
  const text = (updatedDate || issuedDate || '').trim();
  if (DATE.test(text)) {
    for (const read of [DateTime.fromISO, DateTime.fromSQL]) {
      const time = read(text, { zone: 'utc' });
      if (time.isValid) return time.toMillis();
    }
  }
  return /^\d{1,12}$/.test(text) ? Number(text) * 1000 : -Infinity;
}

/** True when `a` is the same version as `b` or an older one; false also when they do not compare. */
function isOlderOrSame(a: string, b: string): boolean {
  if (!a || a === b) return true;
  const [left, right] = [a, b].map(text => text.split('.'));
  const comparable =
    left.length === right.length &&
    [...left, ...right].every(part => /^\d{1,40}$/.test(part));
  if (!comparable) return false;
  for (const [index, part] of left.entries()) {
    // Versions may be time stamps with more digits than a number keeps.
    const [older, newer] = [BigInt(part), BigInt(right[index])];
    if (older !== newer) return older < newer;
  }
  return true;
}

function packagesOf(advisory: Advisory): Set<string> {
  return new Set(
    advisory.pkglist
      .flatMap(collection => collection.packages)
      .map(({ name, epoch, version, release, arch }) =>
        JSON.stringify([name, epoch, version, release, arch]),
      ),
  );
}

function namesOf(advisory: Advisory): Set<string> {
  return new Set(
    advisory.pkglist
      .flatMap(collection => collection.packages)
      .map(({ name }) => name),
  );
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some(value => b.has(value));
}

function contains(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...b].every(value => a.has(value));
}

/**
 * Of two advisories with one id, the one that stays, or what both merge into.
 *
 * @remarks
 * An empty package list overlaps with any other: it contradicts nothing.
 *
 * @throws TaskError RPM0001
 */
function resolveTwo(
  previous: Advisory,
  added: Advisory,
  { resolveUnsafeAdvisoryConflicts: unsafe }: VersionRules,
): Advisory {
  const [before, after] = [packagesOf(previous), packagesOf(added)];
  const overlaps = !before.size || !after.size || intersects(before, after);
  const related =
    overlaps || unsafe || intersects(namesOf(previous), namesOf(added));
  const [earlier, later] = [timeOf(previous), timeOf(added)];
  if (earlier !== later) {
    if (related) return earlier < later ? added : previous;
    throw unrelated('timestamps', added.id);
  }
  const [oldVersion, newVersion] = [previous, added].map(
    ({ version = '' }) => version,
  );
  if (oldVersion !== newVersion) {
    if (!related) throw unrelated('versions', added.id);
    return isOlderOrSame(oldVersion, newVersion) ? added : previous;
  }
  if (contains(after, before)) return added;
  if (contains(before, after)) return previous;
  if (!overlaps || unsafe) return mergeAdvisories(previous, added);
  throw new TaskError(
    CODE,
    'Incoming and existing advisories have the same id and timestamp but different and ' +
      'intersecting package lists, and neither package list is a proper subset of the other. ' +
      `To have them merged, allow ${SETTING}. Advisory id: ${added.id}`,
  );
}

function unrelated(what: string, id: string): TaskError {
  return new TaskError(
    CODE,
    `Incoming and existing advisories have the same id but different ${what} and ` +
      `non-intersecting package lists. To have the later one taken, allow ${SETTING}. ` +
      `Advisory id: ${id}`,
  );
}

/** Any two advisories have an order that depends on what they say alone. */
function compareAdvisories(a: Advisory, b: Advisory): number {
  const difference = timeOf(a) - timeOf(b);
  // Two times that are both unknown differ by NaN.
  if (difference) return difference;
  const [left, right] = [a, b].map(advisoryDigest);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * Of all advisories of a new version that have one id, at least one of them incoming, the one that
 * the version will hold: one of them, or a new one that some were merged into.
 *
 * @param existing - what the starting content holds
 * @param incoming - what is added and was not in the starting content
 * @throws TaskError RPM0001 when they contradict each other
 */
export function resolveAdvisories(
  existing: readonly Advisory[],
  incoming: readonly Advisory[],
  rules: VersionRules,
): Advisory {
  if (incoming.length === 1) {
    const [added] = incoming;
    // Several that are there already cannot have come in by these rules; the new one repairs that.
    return existing.length === 1
      ? resolveTwo(existing[0], added, rules)
      : added;
  }
  return [
    ...[...existing].sort(compareAdvisories),
    ...[...incoming].sort(compareAdvisories),
  ].reduce((kept, next) => resolveTwo(kept, next, rules));
}
