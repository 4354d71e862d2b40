import {
  parseRichDependency,
  satisfiesRelation,
  type RichDependency,
  type RpmRelation,
} from '@rpmportal/rpm-format';
import type { PackageRecord } from '../pool/records';

/**
 * Repository closure as its definition says it, from the records alone and without any index, to
 * check the real one against. For small repositories only.
 */

const FAMILY = ['x86_64', 'i686', 'noarch'];

export function provides(one: PackageRecord, wanted: RpmRelation): boolean {
  const { name, epoch, version, release } = one;
  const own: RpmRelation = { name, flags: 'EQ', epoch, version, release };
  return (
    one.arch !== 'src' &&
    (one.files.includes(wanted.name) ||
      [own, ...one.provides].some(
        provided =>
          provided.name === wanted.name && satisfiesRelation(provided, wanted),
      ))
  );
}

function matches(one: PackageRecord, tree: RichDependency): boolean {
  switch (tree.op) {
    case 'relation':
      return provides(one, tree.relation);
    case 'or':
      return tree.operands.some(part => matches(one, part));
    case 'with':
      return tree.operands.every(part => matches(one, part));
    case 'without':
      return matches(one, tree.operand) && !matches(one, tree.excluded);
    default:
      throw new Error(`${tree.op} is about several packages`);
  }
}

/** Whether what one requires can be met by the other, for its architecture. Sources are built anywhere. */
export function fits(a: PackageRecord, b: PackageRecord): boolean {
  return (
    a.arch === 'src' ||
    a.arch === 'noarch' ||
    b.arch === 'noarch' ||
    a.arch === b.arch ||
    (FAMILY.includes(a.arch) && FAMILY.includes(b.arch))
  );
}

export function clash(a: PackageRecord, b: PackageRecord): boolean {
  // Sources are built, not installed: only their own conflicts are in the way.
  const isSource = a.arch === 'src' || b.arch === 'src';
  const rejects = (one: PackageRecord, other: PackageRecord) => {
    const { epoch, version, release } = other;
    return (
      one.conflicts.some(relation => provides(other, relation)) ||
      (!isSource &&
        one.obsoletes.some(
          relation =>
            relation.name === other.name &&
            satisfiesRelation(
              { flags: 'EQ', epoch, version, release },
              relation,
            ),
        ))
    );
  };
  return (
    a.unit !== b.unit &&
    ((!isSource &&
      a.name === b.name &&
      (a.arch === b.arch || [a.arch, b.arch].includes('noarch'))) ||
      rejects(a, b) ||
      rejects(b, a))
  );
}

export function parse(relation: RpmRelation): RichDependency {
  return relation.name.startsWith('(')
    ? parseRichDependency(relation.name)
    : { op: 'relation', relation };
}

/** Whether packages meet a requirement of `owner`, conditions holding as soon as they could. */
export function isMet(
  owner: PackageRecord,
  tree: RichDependency,
  packages: readonly PackageRecord[],
): boolean {
  const met = (part: RichDependency) => isMet(owner, part, packages);
  switch (tree.op) {
    case 'and':
      return tree.operands.every(met);
    case 'or':
      return tree.operands.some(met);
    case 'if':
      return met(tree.condition)
        ? met(tree.then)
        : !tree.otherwise || met(tree.otherwise);
    case 'unless':
      return (
        met(tree.then) ||
        (tree.otherwise !== undefined &&
          met(tree.condition) &&
          met(tree.otherwise))
      );
    default:
      return packages.some(
        one =>
          matches(one, tree) &&
          (one.unit === owner.unit || (fits(owner, one) && !clash(owner, one))),
      );
  }
}

/** The packages that these packages alone keep installable: the largest set closed in itself. */
export function closedPart(
  packages: readonly PackageRecord[],
): PackageRecord[] {
  const closed = packages.filter(owner =>
    owner.requires.every(relation => isMet(owner, parse(relation), packages)),
  );
  return closed.length === packages.length ? [...packages] : closedPart(closed);
}

/** Whether a requirement of `owner` holds when just these packages are installed. */
function holds(
  owner: PackageRecord,
  tree: RichDependency,
  installed: readonly PackageRecord[],
): boolean {
  const part = (one: RichDependency) => holds(owner, one, installed);
  const anyOf = (test: (one: PackageRecord) => boolean) =>
    installed.some(
      one => test(one) && (one.unit === owner.unit || fits(owner, one)),
    );
  const isOne = (one: PackageRecord, of: RichDependency): boolean => {
    switch (of.op) {
      case 'relation':
        return provides(one, of.relation);
      case 'with':
        return of.operands.every(each => isOne(one, each));
      case 'without':
        return isOne(one, of.operand) && !isOne(one, of.excluded);
      default:
        return false;
    }
  };
  switch (tree.op) {
    case 'and':
      return tree.operands.every(part);
    case 'or':
      return tree.operands.some(part);
    case 'if':
      return part(tree.condition)
        ? part(tree.then)
        : !tree.otherwise || part(tree.otherwise);
    case 'unless':
      return part(tree.condition)
        ? tree.otherwise !== undefined && part(tree.otherwise)
        : part(tree.then);
    default:
      return anyOf(one => isOne(one, tree));
  }
}

/** Whether some of the packages can be installed with the wanted one: by trying every set of them. */
export function isInstallable(
  wanted: PackageRecord,
  packages: readonly PackageRecord[],
): boolean {
  const others = packages.filter(one => one !== wanted);
  for (let set = 0; set < 2 ** others.length; set++) {
    const installed = [wanted, ...others.filter((_, i) => (set >> i) & 1)];
    if (fitTogether(installed)) return true;
  }
  return false;
}

/** Whether packages can be installed side by side and need nothing else. */
export function fitTogether(installed: readonly PackageRecord[]): boolean {
  return installed.every(
    one =>
      installed.every(other => !clash(one, other)) &&
      one.requires.every(relation => holds(one, parse(relation), installed)),
  );
}
