import type { Advisory, AdvisoryCollection } from '@rpmportal/rpm-format';

/** Name of collections that have none; counts as used from the start. */
const NAMELESS = 'collection';

const NUMBERED = /^(.*)_(\d+)$/s;

/** Gives collections names of their own, numbering those that are used already. */
class CollectionNames {
  readonly #used = new Set([NAMELESS]);
  readonly #highest = new Map<string, number>();

  take(name: string): string {
    const unique = this.#used.has(name) ? this.#next(name) : name;
    this.#used.add(unique);
    const [, base, number] = NUMBERED.exec(unique) ?? [];
    if (base !== undefined) {
      const highest = this.#highest.get(base) ?? -1;
      this.#highest.set(base, Math.max(highest, Number(number)));
    }
    return unique;
  }

  #next(name: string): string {
    const base = NUMBERED.exec(name)?.[1] ?? name;
    return `${base}_${(this.#highest.get(base) ?? -1) + 1}`;
  }
}

/**
 * One advisory out of two with the same id: all that the first says, with the package collections
 * of both. Collections stay apart, for those of modules must not mix.
 */
export function mergeAdvisories(previous: Advisory, added: Advisory): Advisory {
  const names = new CollectionNames();
  const pkglist: AdvisoryCollection[] = [previous, added]
    .flatMap(advisory => advisory.pkglist)
    .filter(collection => collection.packages.length)
    .map(collection => ({
      ...collection,
      name: names.take(collection.name || NAMELESS),
    }));
  return { ...previous, pkglist };
}
