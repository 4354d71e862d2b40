import type {
  DiffChange,
  DiffKind,
} from '@rpmportal/backstage-plugin-rpm-common';
import {
  DIFF_CHANGES,
  DIFF_KINDS,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { UnitLabel } from '../../database/operations/versions';
import type { ContentType } from '../../identifiers';

const KINDS: Record<ContentType, DiffKind> = {
  'rpm.package': 'package',
  'rpm.modulemd': 'module',
  'rpm.modulemd_defaults': 'module_defaults',
  'rpm.modulemd_obsolete': 'module_obsolete',
  'rpm.advisory': 'advisory',
  'rpm.packagegroup': 'group',
  'rpm.packagecategory': 'category',
  'rpm.packageenvironment': 'environment',
  'rpm.packagelangpacks': 'langpacks',
  'rpm.repo_metadata_file': 'metadata_file',
  'rpm.distribution_tree': 'distribution_tree',
};

/** One difference between two versions; one side is absent for what was added or removed. */
export interface UnitDifference {
  kind: DiffKind;
  change: DiffChange;
  name: string;
  arch: string | undefined;
  from: UnitLabel | undefined;
  to: UnitLabel | undefined;
}

/** What people take for the same thing in another state. */
function subjectOf(unit: UnitLabel): string {
  return JSON.stringify([unit.type, unit.name, unit.arch]);
}

function compareTexts(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Newest first; stable for versions that are equal or none. */
function newestFirst(a: UnitLabel, b: UnitLabel): number {
  return (
    compareTexts(b.versionKey, a.versionKey) ||
    compareTexts(a.label, b.label) ||
    a.id - b.id
  );
}

function differenceOf(
  change: DiffChange,
  from: UnitLabel | undefined,
  to: UnitLabel | undefined,
): UnitDifference {
  const { type, name, arch } = (to ?? from)!;
  return { kind: KINDS[type], change, name, arch, from, to };
}

/** The differences in one subject: what kept its version, then newest against newest. */
function compareSubject(
  gone: readonly UnitLabel[],
  come: readonly UnitLabel[],
): UnitDifference[] {
  const { pairs, left, right } = pairUnmoved(gone, come);
  const differences = pairs.map(([from, to]) =>
    differenceOf('changed', from, to),
  );
  left.sort(newestFirst);
  right.sort(newestFirst);
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [from, to] = [left.at(at), right.at(at)];
    if (from && to) {
      const risen = compareTexts(from.versionKey, to.versionKey) < 0;
      differences.push(differenceOf(risen ? 'up' : 'down', from, to));
    } else {
      differences.push(differenceOf(to ? 'added' : 'removed', from, to));
    }
  }
  return differences;
}

/** Pairs units of the same version; what finds no partner is left over. */
function pairUnmoved(
  gone: readonly UnitLabel[],
  come: readonly UnitLabel[],
): {
  pairs: [UnitLabel, UnitLabel][];
  left: UnitLabel[];
  right: UnitLabel[];
} {
  const waiting = new Map<string | undefined, UnitLabel[]>();
  for (const unit of come) {
    const same = waiting.get(unit.versionKey);
    if (same) same.push(unit);
    else waiting.set(unit.versionKey, [unit]);
  }
  const pairs: [UnitLabel, UnitLabel][] = [];
  const left: UnitLabel[] = [];
  for (const from of gone) {
    const to = waiting.get(from.versionKey)?.shift();
    if (to) pairs.push([from, to]);
    else left.push(from);
  }
  return { pairs, left, right: [...waiting.values()].flat() };
}

function compareDifferences(a: UnitDifference, b: UnitDifference): number {
  return (
    DIFF_KINDS.indexOf(a.kind) - DIFF_KINDS.indexOf(b.kind) ||
    compareTexts(a.name, b.name) ||
    compareTexts(a.arch, b.arch) ||
    DIFF_CHANGES.indexOf(a.change) - DIFF_CHANGES.indexOf(b.change) ||
    newestFirst((a.to ?? a.from)!, (b.to ?? b.from)!)
  );
}

/**
 * Pairs units that left with units that came: a package by name and arch, a module by name and
 * stream, whatever else by its id; so that an update is one difference, not two.
 */
export function compareUnits(
  gone: readonly UnitLabel[],
  come: readonly UnitLabel[],
): UnitDifference[] {
  const subjects = new Map<string, [UnitLabel[], UnitLabel[]]>();
  [gone, come].forEach((units, side) => {
    for (const unit of units) {
      const subject = subjectOf(unit);
      const sides = subjects.get(subject) ?? [[], []];
      sides[side].push(unit);
      subjects.set(subject, sides);
    }
  });
  return [...subjects.values()]
    .flatMap(sides => compareSubject(...sides))
    .sort(compareDifferences);
}
