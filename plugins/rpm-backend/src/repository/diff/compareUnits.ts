import type {
  DiffChange,
  DiffKind,
} from '@rpmportal/backstage-plugin-rpm-common';
import {
  DIFF_CHANGES,
  DIFF_KINDS,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { UnitSubject } from '../../database/operations/versions';
import { chunksOf } from '../../database/chunks';
import { pause } from '../../database/pause';
import type { ContentType } from '../../identifiers';

const KINDS: Record<ContentType, DiffKind> = {
  'rpm.package': 'package',
  'rpm.modulemd': 'module',
  'rpm.modulemd_defaults': 'module_defaults',
  'rpm.modulemd_obsolete': 'module_obsolete',
  'rpm.modulemd_document': 'module_document',
  'rpm.advisory': 'advisory',
  'rpm.packagegroup': 'group',
  'rpm.packagecategory': 'category',
  'rpm.packageenvironment': 'environment',
  'rpm.packagelangpacks': 'langpacks',
  'rpm.repo_metadata_file': 'metadata_file',
  'rpm.distribution_tree': 'distribution_tree',
};

/** One difference between two versions; one side is absent for what was added or removed. */
export interface UnitDifference<T extends UnitSubject = UnitSubject> {
  kind: DiffKind;
  change: DiffChange;
  name: string;
  arch: string | undefined;
  from: T | undefined;
  to: T | undefined;
}

function compareTexts(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** By what people take for the same thing in another state. */
function compareSubjects(a: UnitSubject, b: UnitSubject): number {
  return (
    (a.type === b.type
      ? 0
      : DIFF_KINDS.indexOf(KINDS[a.type]) -
        DIFF_KINDS.indexOf(KINDS[b.type])) ||
    compareTexts(a.name, b.name) ||
    compareTexts(a.arch, b.arch)
  );
}

/** Newest first; stable for versions that are equal or none. */
function newestFirst(a: UnitSubject, b: UnitSubject): number {
  return compareTexts(b.versionKey, a.versionKey) || a.id - b.id;
}

function differenceOf<T extends UnitSubject>(
  change: DiffChange,
  from: T | undefined,
  to: T | undefined,
): UnitDifference<T> {
  const { type, name, arch } = (to ?? from)!;
  return { kind: KINDS[type], change, name, arch, from, to };
}

/**
 * The differences in one subject: what kept its version, then newest against newest.
 *
 * @param gone - newest first, as `come`
 */
function compareSubject<T extends UnitSubject>(
  gone: readonly T[],
  come: readonly T[],
): UnitDifference<T>[] {
  if (!come.length) {
    return gone.map(unit => differenceOf('removed', unit, undefined));
  }
  if (!gone.length) {
    return come.map(unit => differenceOf('added', undefined, unit));
  }
  const { pairs, left, right } = pairUnmoved(gone, come);
  const differences = pairs.map(([from, to]) =>
    differenceOf('changed', from, to),
  );
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [from, to] = [left.at(at), right.at(at)];
    if (from && to) {
      const risen = compareTexts(from.versionKey, to.versionKey) < 0;
      differences.push(differenceOf(risen ? 'up' : 'down', from, to));
    } else {
      differences.push(differenceOf(to ? 'added' : 'removed', from, to));
    }
  }
  return differences.sort(
    (a, b) =>
      DIFF_CHANGES.indexOf(a.change) - DIFF_CHANGES.indexOf(b.change) ||
      newestFirst((a.to ?? a.from)!, (b.to ?? b.from)!),
  );
}

/** Pairs units of the same version; what finds no partner is left over, in the order given. */
function pairUnmoved<T extends UnitSubject>(
  gone: readonly T[],
  come: readonly T[],
): { pairs: [T, T][]; left: T[]; right: T[] } {
  const waiting = new Map<string | undefined, T[]>();
  for (const unit of come) {
    const same = waiting.get(unit.versionKey);
    if (same) same.push(unit);
    else waiting.set(unit.versionKey, [unit]);
  }
  const pairs: [T, T][] = [];
  const left: T[] = [];
  for (const from of gone) {
    const to = waiting.get(from.versionKey)?.shift();
    if (to) pairs.push([from, to]);
    else left.push(from);
  }
  return { pairs, left, right: [...waiting.values()].flat() };
}

/** Units, or subjects, that are dealt with in one go; some milliseconds. */
const SLICE = 5_000;

/**
 * Sorts units into the order in which differences are told: kind, name and architecture. In slices,
 * so that nobody has to wait long when there are 100,000; what is sorted already takes next to nothing.
 */
export async function sortUnits<T extends UnitSubject>(
  units: readonly T[],
): Promise<T[]> {
  const sorted: T[][] = [];
  for (const slice of chunksOf(units, SLICE)) {
    sorted.push(slice.sort(compareSubjects));
    await pause();
  }
  // Cheap, for the sort merges sorted runs.
  return sorted.flat().sort(compareSubjects);
}

function isSameSubject(a: UnitSubject, b: UnitSubject): boolean {
  return a.name === b.name && a.arch === b.arch && a.type === b.type;
}

/** Where among sorted units those of the subject, which begin at `start` if there are any, end. */
function endOf(
  units: readonly UnitSubject[],
  start: number,
  subject: UnitSubject,
): number {
  let end = start;
  while (end < units.length && isSameSubject(units[end], subject)) end += 1;
  return end;
}

/** The units of one subject that the others lack, newest first. */
function without<T extends UnitSubject>(
  units: readonly T[],
  others: readonly T[],
): T[] {
  return units
    .filter(({ id }) => others.every(other => other.id !== id))
    .sort(newestFirst);
}

/**
 * Pairs units that left with units that came: a package by name and arch, a module by name and
 * stream, whatever else by its id; so that an update is one difference, not two. Units on both sides
 * did not change.
 *
 * @param from - sorted by {@link sortUnits}, as `to`
 */
export async function compareUnits<T extends UnitSubject>(
  from: readonly T[],
  to: readonly T[],
): Promise<UnitDifference<T>[]> {
  const differences: UnitDifference<T>[] = [];
  let [left, right] = [0, 0];
  for (let count = 1; left < from.length || right < to.length; count += 1) {
    const [a, b] = [from[left], to[right]];
    const subject = !b || (a && compareSubjects(a, b) < 0) ? a : b;
    const leftEnd = endOf(from, left, subject);
    const rightEnd = endOf(to, right, subject);
    const gone = from.slice(left, leftEnd);
    const come = to.slice(right, rightEnd);
    for (const difference of compareSubject(
      without(gone, come),
      without(come, gone),
    )) {
      differences.push(difference);
    }
    [left, right] = [leftEnd, rightEnd];
    if (count % SLICE === 0) await pause();
  }
  return differences;
}
