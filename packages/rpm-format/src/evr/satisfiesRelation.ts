import type { RelationFlag } from '../package/RpmPackage';
import { compareEpoch, compareRpmVersion } from './compareEvr';

/**
 * The versions that a relation speaks of: all of them without `flags`, else those on one side of
 * `epoch:version-release`. A missing epoch is 0, a missing release any release.
 */
export interface VersionRange {
  flags?: RelationFlag;
  epoch?: string;
  version?: string;
  release?: string;
}

const LESS = 1;
const EQUAL = 2;
const GREATER = 4;

const SENSES: Record<RelationFlag, number> = {
  LT: LESS,
  LE: LESS | EQUAL,
  EQ: EQUAL,
  GE: GREATER | EQUAL,
  GT: GREATER,
};

/**
 * Whether what is provided meets what is required: whether the two ranges have a version in common,
 * by the rules of rpm and libsolv. It is symmetric and does not look at names.
 *
 * @remarks
 * Where only one side has a release and the versions are equal, the side without one means every
 * release of that version if it includes it (`=`, `>=`, `<=`), and none of them if it does not:
 * `1.0-1` is neither `< 1.0` nor `> 1.0`.
 */
export function satisfiesRelation(
  provided: VersionRange,
  required: VersionRange,
): boolean {
  if (
    provided.flags === undefined ||
    required.flags === undefined ||
    !provided.version ||
    !required.version
  ) {
    return true;
  }
  const providedSense = SENSES[provided.flags];
  const requiredSense = SENSES[required.flags];
  const common = providedSense & requiredSense;
  if ((common & (LESS | GREATER)) !== 0) {
    return true;
  }

  const order =
    compareEpoch(provided.epoch ?? '', required.epoch ?? '') ||
    compareRpmVersion(provided.version, required.version);
  if (order === 0 && !provided.release !== !required.release) {
    const open = provided.release ? requiredSense : providedSense;
    return (open & EQUAL) !== 0;
  }
  return meet(
    order || compareRpmVersion(provided.release ?? '', required.release ?? ''),
    providedSense,
    requiredSense,
  );
}

function meet(order: number, provided: number, required: number): boolean {
  if (order === 0) {
    return (provided & required & EQUAL) !== 0;
  }
  return order < 0
    ? (provided & GREATER) !== 0 || (required & LESS) !== 0
    : (provided & LESS) !== 0 || (required & GREATER) !== 0;
}
