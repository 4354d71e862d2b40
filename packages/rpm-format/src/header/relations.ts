import { formatRelation, versionedRelation } from '../dependency';
import { compareRpmVersion } from '../evr';
import type {
  RelationFlag,
  RelationKind,
  RpmFile,
  RpmRelation,
} from '../package/RpmPackage';
import { isPrimaryFile } from '../repodata';
import type { HeaderBlob } from './HeaderBlob';
import { RpmHeaderError } from './RpmHeaderError';
import { RELATION_TAGS } from './tags';

const LESS = 1 << 1;
const GREATER = 1 << 2;
const EQUAL = 1 << 3;
const FLAG_OF_SENSE: Partial<Record<number, RelationFlag>> = {
  [EQUAL]: 'EQ',
  [LESS]: 'LT',
  [GREATER]: 'GT',
  [LESS | EQUAL]: 'LE',
  [GREATER | EQUAL]: 'GE',
};

const LEGACY_PREREQUIRES = 1 << 6;
const BEFORE_INSTALL = 1 << 9;
const AFTER_INSTALL = 1 << 10;
const PRE = LEGACY_PREREQUIRES | BEFORE_INSTALL | AFTER_INSTALL;

/**
 * The relations of one kind as the header has them, in its order.
 *
 * @throws RpmHeaderError when the lists of names, flags and versions differ in length
 */
export function readRelations(
  header: HeaderBlob,
  kind: RelationKind,
): RpmRelation[] {
  const tags = RELATION_TAGS[kind];
  const names = header.texts(tags.name);
  const flags = header.numbers(tags.flags);
  const versions = header.texts(tags.version);
  if (names.length !== flags.length || names.length !== versions.length) {
    throw new RpmHeaderError(`its ${kind} are inconsistent`);
  }
  return names.map((name, i) => {
    const flag = FLAG_OF_SENSE[flags[i] & (LESS | GREATER | EQUAL)];
    const relation: RpmRelation =
      flag && versions[i]
        ? versionedRelation(name, flag, versions[i])
        : { name };
    if (kind === 'requires' && (flags[i] & PRE) !== 0) {
      relation.pre = true;
    }
    return relation;
  });
}

/**
 * The requirements that repository metadata lists.
 *
 * @remarks
 * Same choice as createrepo_c's, so that a package is one unit whether it was uploaded or synced:
 * left out are features of rpm itself (`rpmlib(…)`), what the package meets by itself (a provide
 * with the same version, a file of its own among those that primary metadata lists), repetitions,
 * and of glibc's symbol versions all but the newest, which implies the others and comes last.
 */
export function selectRequires(
  requires: RpmRelation[],
  provides: RpmRelation[],
  files: RpmFile[],
): RpmRelation[] {
  const met = new Set(provides.map(formatRelation));
  for (const { path } of files) {
    if (isPrimaryFile(path)) {
      met.add(path);
    }
  }

  const selected = new Map<string, RpmRelation>();
  const glibc = new Map<string, RpmRelation>();
  for (const relation of requires) {
    const text = formatRelation(relation);
    if (relation.name.startsWith('rpmlib(') || met.has(text)) {
      continue;
    }
    const symbol = GLIBC_SYMBOL.exec(relation.name)?.groups;
    if (!symbol) {
      selected.set(relation.pre ? `pre ${text}` : text, relation);
      continue;
    }
    const newest = glibc.get(symbol.abi);
    if (!newest || compareSymbols(newest.name, relation.name) < 0) {
      glibc.set(symbol.abi, relation);
    }
  }
  return [...selected.values(), ...glibc.values()];
}

// libc.so.6()(64bit), libc.so.6(GLIBC_2.34)(64bit), libc.so.6(GLIBC_2.4)
const GLIBC_SYMBOL =
  /^libc\.so\.6(?:\((?:[^()\d]*)(?<version>[^()]*)\))?(?<abi>.*)$/;

function compareSymbols(a: string, b: string): number {
  return compareRpmVersion(
    GLIBC_SYMBOL.exec(a)?.groups?.version ?? '',
    GLIBC_SYMBOL.exec(b)?.groups?.version ?? '',
  );
}
