import type { Pool } from '../pool/Pool';

/** As far as versions of a library are tried below and above the one that is required. */
const REACH = 20;

/** `libfoo.so`, `.1.2`, `(FOO_1.2)`, `(64bit)`. */
const LIBRARY = /^(.+\.so)((?:\.\d+)*)(?:\(([^()]*)\))?(\(64bit\))?$/;

/**
 * Other versions of a shared library that are provided somewhere, the likeliest first: the same file
 * without the symbol version, then lower and higher versions of the file.
 *
 * @param name - the string id of what is required, such as `libfoo.so.1(FOO_1.2)(64bit)`
 * @returns string ids
 */
export function similarLibraries(pool: Pool, name: number): number[] {
  const known = pool.derive(
    'similar libraries',
    () => new Map<number, number[]>(),
  );
  let similar = known.get(name);
  if (!similar) {
    similar = findSimilar(pool, name);
    known.set(name, similar);
  }
  return similar;
}

function findSimilar(pool: Pool, name: number): number[] {
  const { strings } = pool.columns;
  const text = strings.text(name);
  const match = LIBRARY.exec(text);
  if (!match) return [];
  const [, file, version, symbols = '', bits = ''] = match;
  const ending = bits && `()${bits}`;
  const major = Number(version.split('.')[1] ?? 0);
  const lower = Array.from({ length: REACH }, (_, i) => major - 1 - i);
  const higher = Array.from({ length: REACH }, (_, i) => major + 1 + i);
  const others = [...lower.filter(each => each >= 0), ...higher];
  return [
    ...(symbols === '' ? [] : [version]),
    ...others.map(each => `.${each}`),
    '',
  ]
    .map(each => `${file}${each}${ending}`)
    .filter(each => each !== text)
    .flatMap(each => strings.find(each) ?? []);
}
