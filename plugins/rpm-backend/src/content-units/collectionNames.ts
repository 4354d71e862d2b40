import {
  advisoryDigest,
  type Advisory,
  type AdvisoryCollection,
} from '@rpmportal/rpm-format';

/** Twelve digits of hex, the same for the same collection: a sync must find its advisory again. */
function inventName(
  collection: AdvisoryCollection,
  isUsed: (name: string) => boolean,
): string {
  for (let attempt = 0; ; attempt += 1) {
    const digest = advisoryDigest({
      id: attempt ? String(attempt) : '',
      rebootSuggested: false,
      references: [],
      pkglist: [{ ...collection, name: undefined }],
    });
    const name = `collection-autofill-${digest.slice(0, 12)}`;
    if (!isUsed(name)) return name;
  }
}

function addNumber(name: string, isUsed: (name: string) => boolean): string {
  for (let number = 0; ; number += 1) {
    if (!isUsed(`${name}_${number}`)) return `${name}_${number}`;
  }
}

/**
 * The advisory with a name of its own for each collection, by which clients tell them apart:
 * collections without a name get `collection-autofill-<12 hex>` as in Pulp, those with the name of
 * an earlier one a number.
 */
export function nameCollections(advisory: Advisory): Advisory {
  const { pkglist } = advisory;
  const given = new Set(pkglist.map(({ name }) => name));
  if (given.size === pkglist.length && !given.has('') && !given.has(undefined))
    return advisory;
  const used = new Set<string>();
  const isUsed = (name: string) => used.has(name) || given.has(name);
  const named = pkglist.map(collection => {
    let { name } = collection;
    if (!name) name = inventName(collection, isUsed);
    else if (used.has(name)) name = addNumber(name, isUsed);
    used.add(name);
    return { ...collection, name };
  });
  return { ...advisory, pkglist: named };
}
