import type { PackageId } from '../../pool/Pool';
import type { UnmetRequirement, UnmetRequirements } from './UnmetRequirements';

/** Whether only packages could serve that are broken themselves. */
export function isInherited({ clashing, broken }: UnmetRequirement): boolean {
  return clashing.length === 0 && broken.length > 0;
}

/**
 * Follows broken packages to those that are broken for a reason of their own: the fewest steps away, so
 * that what people read is what they have to mend.
 */
export class Causes {
  readonly #unmet: UnmetRequirements;
  /** By package, how many others stand between it and what is broken for a reason of its own. */
  readonly #distances = new Map<PackageId, number>();

  /** @param packages - those that will be asked about */
  constructor(unmet: UnmetRequirements, packages: readonly PackageId[]) {
    this.#unmet = unmet;
    this.#measure(packages);
  }

  /** The broken package that is the nearest to a cause; the newest of several. */
  nearest(providers: readonly PackageId[]): PackageId {
    return providers.reduce((best, id) =>
      this.#distance(id) < this.#distance(best) ? id : best,
    );
  }

  /** The last of the chain of packages, beginning with this one, each of which is broken by the next. */
  originOf(broken: PackageId): PackageId {
    let at = broken;
    while (this.#distance(at) > 0 && this.#distance(at) < Infinity) {
      at = this.nearest(
        this.#unmet
          .of(at)
          .filter(isInherited)
          .flatMap(of => [...of.broken]),
      );
    }
    return at;
  }

  /** Whether the package is broken by others that are broken by causes of their own. */
  isInheritor(broken: PackageId): boolean {
    const distance = this.#distance(broken);
    return distance > 0 && distance < Infinity;
  }

  #distance(id: PackageId): number {
    return this.#distances.get(id) ?? Infinity;
  }

  /** Breadth first, from what is broken for its own reasons to what that breaks. */
  #measure(packages: readonly PackageId[]): void {
    const breaks = new Map<PackageId, PackageId[]>();
    const seen = new Set(packages);
    let level: PackageId[] = [];
    for (const id of seen) {
      const unmet = this.#unmet.of(id);
      if (unmet.length === 0 || !unmet.every(isInherited)) {
        this.#distances.set(id, 0);
        level.push(id);
        continue;
      }
      for (const provider of new Set(unmet.flatMap(of => of.broken))) {
        const broken = breaks.get(provider) ?? [];
        breaks.set(provider, broken);
        broken.push(id);
        seen.add(provider);
      }
    }
    for (let distance = 1; level.length > 0; distance++) {
      const next: PackageId[] = [];
      for (const cause of level) {
        for (const id of breaks.get(cause) ?? []) {
          if (this.#distances.has(id)) continue;
          this.#distances.set(id, distance);
          next.push(id);
        }
      }
      level = next;
    }
  }
}
