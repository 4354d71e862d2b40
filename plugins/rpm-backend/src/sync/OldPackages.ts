/** What decides whether a package is too old to be kept. */
export interface VersionedPackage {
  nevra: string;
  name: string;
  arch: string;
  /** Orders as EVRs do. */
  evrKey: string;
}

/**
 * Finds the packages of a remote that a repository which keeps only so many versions of each name
 * and architecture would not keep. Packages of modules neither count nor are found.
 */
export class OldPackages {
  readonly #keep: number;
  readonly #modular: ReadonlySet<string>;
  readonly #packages = new Map<string, VersionedPackage>();

  /** @param options - `keep` is how many versions stay; `modular` are NEVRAs */
  constructor(options: { keep: number; modular: ReadonlySet<string> }) {
    this.#keep = options.keep;
    this.#modular = options.modular;
  }

  add(candidate: VersionedPackage): void {
    const { nevra } = candidate;
    if (!this.#modular.has(nevra)) this.#packages.set(nevra, candidate);
  }

  /** The NEVRAs of those that are too old. */
  find(): Set<string> {
    const counts = new Map<string, number>();
    const old = new Set<string>();
    for (const candidate of [...this.#packages.values()].sort(newestFirst)) {
      const group = `${candidate.name}.${candidate.arch}`;
      const count = counts.get(group) ?? 0;
      if (count >= this.#keep) old.add(candidate.nevra);
      counts.set(group, count + 1);
    }
    return old;
  }
}

function newestFirst(a: VersionedPackage, b: VersionedPackage): number {
  if (a.evrKey === b.evrKey) return 0;
  return a.evrKey < b.evrKey ? 1 : -1;
}
