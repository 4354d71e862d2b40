import { formatEvr, parseEvr } from '../evr';
import type { RelationFlag, RpmRelation } from '../package/RpmPackage';

const OPERATORS: Record<RelationFlag, string> = {
  EQ: '=',
  LT: '<',
  GT: '>',
  LE: '<=',
  GE: '>=',
};

// `==`, `=<` and `=>` are what rpm accepts besides; it never writes them.
const FLAGS = new Map<string, RelationFlag>([
  ['=', 'EQ'],
  ['==', 'EQ'],
  ['<', 'LT'],
  ['>', 'GT'],
  ['<=', 'LE'],
  ['=<', 'LE'],
  ['>=', 'GE'],
  ['=>', 'GE'],
]);

/** The flag that an operator of a spec file means (`>=` is `GE`); `undefined` when it is none. */
export function parseFlags(operator: string): RelationFlag | undefined {
  return FLAGS.get(operator);
}

/** Writes `name` or `name >= epoch:version-release`, the epoch 0 left out. */
export function formatRelation(relation: RpmRelation): string {
  if (relation.flags === undefined || !relation.version) {
    return relation.name;
  }
  const evr = formatEvr({ ...relation, version: relation.version });
  return `${relation.name} ${OPERATORS[relation.flags]} ${evr}`;
}

/**
 * Reads `name` or `name >= [epoch:]version[-release]`, the parts separated by blanks.
 *
 * @remarks
 * A rich dependency is taken as a name, unread. With a version there is always an epoch, as in
 * repository metadata; without a release in the text there is none.
 *
 * @returns `undefined` when the text has another form.
 */
export function parseRelation(text: string): RpmRelation | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith('(')) {
    return { name: trimmed };
  }
  const [name, operator, evr, ...rest] = trimmed.split(/\s+/);
  if (!name || rest.length > 0) {
    return undefined;
  }
  if (operator === undefined) {
    return { name };
  }
  const flags = parseFlags(operator);
  return flags && evr ? versionedRelation(name, flags, evr) : undefined;
}

/** The relation `name <flags> <evr>` in the form of repository metadata. */
export function versionedRelation(
  name: string,
  flags: RelationFlag,
  evr: string,
): RpmRelation {
  const { epoch, version, release } = parseEvr(evr);
  return release
    ? { name, flags, epoch, version, release }
    : { name, flags, epoch, version };
}
