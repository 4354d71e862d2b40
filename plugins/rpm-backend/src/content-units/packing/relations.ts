import type { RelationFlag, RpmRelation } from '@rpmportal/rpm-format';
import { cleanText, joinEntries, splitEntries, UNIT } from './text';

const TRAILING_UNITS = /\x1f+$/; // eslint-disable-line no-control-regex

function packRelation(relation: RpmRelation): string {
  const name = cleanText(relation.name);
  if (!relation.flags && !relation.pre) return name;
  return [
    name,
    relation.flags,
    cleanText(relation.epoch ?? ''),
    cleanText(relation.version ?? ''),
    cleanText(relation.release ?? ''),
    relation.pre ? '1' : '',
  ]
    .join(UNIT)
    .replace(TRAILING_UNITS, '');
}

/**
 * Packs a relation list into one text: entries of name, flag, epoch, version, release and `1` for
 * `pre`, without the empty parts at the end. Reading tens of thousands of such lists costs far less
 * than parsing as much JSON.
 */
export function packRelations(relations: readonly RpmRelation[]): string {
  return joinEntries(relations.map(packRelation));
}

function unpackRelation(entry: string): RpmRelation {
  const [name, flags, epoch, version, release, pre] = entry.split(UNIT);
  const relation: RpmRelation = { name };
  if (flags) relation.flags = flags as RelationFlag;
  if (epoch) relation.epoch = epoch;
  if (version) relation.version = version;
  if (release) relation.release = release;
  if (pre) relation.pre = true;
  return relation;
}

/** Reads what {@link packRelations} wrote. */
export function unpackRelations(packed: string): RpmRelation[] {
  return splitEntries(packed).map(unpackRelation);
}
