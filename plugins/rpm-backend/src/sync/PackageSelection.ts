/** What decides whether a package of a remote comes in. */
export interface PackageCandidate {
  unitId: number;
  nevra: string;
  name: string;
  arch: string;
  /** Orders as EVRs do. */
  evrKey: string;
  /** Unix seconds. */
  timeBuild: number;
}

/** What of a remote's packages comes in. */
export interface PackageChoice {
  unitIds: number[];
  /** NEVRAs that the remote has more than once. */
  repeated: string[];
  /** Packages older than those that the repository keeps. */
  skipped: number;
}

/**
 * Chooses among the packages of a remote: of several with one NEVRA the one built last (of equals
 * the first), and, where the repository keeps only so many versions, the newest of each name and
 * architecture. Packages of modules are neither counted nor skipped.
 */
export class PackageSelection {
  readonly #keep: number;
  readonly #modular: ReadonlySet<string>;
  readonly #byNevra = new Map<string, PackageCandidate>();
  readonly #repeated = new Set<string>();

  /** @param options - `keep` is how many versions stay, 0 for all; `modular` are NEVRAs */
  constructor(options: { keep: number; modular: ReadonlySet<string> }) {
    this.#keep = options.keep;
    this.#modular = options.modular;
  }

  add(candidate: PackageCandidate): void {
    const { nevra, unitId, timeBuild } = candidate;
    const known = this.#byNevra.get(nevra);
    if (known && known.unitId !== unitId) this.#repeated.add(nevra);
    if (!known || timeBuild > known.timeBuild) {
      this.#byNevra.set(nevra, candidate);
    }
  }

  choose(): PackageChoice {
    const all = [...this.#byNevra.values()];
    const kept = this.#keep ? this.#newest(all) : all;
    return {
      unitIds: kept.map(({ unitId }) => unitId),
      repeated: [...this.#repeated],
      skipped: all.length - kept.length,
    };
  }

  #newest(all: readonly PackageCandidate[]): PackageCandidate[] {
    const counts = new Map<string, number>();
    const skipped = new Set<PackageCandidate>();
    const plain = all.filter(({ nevra }) => !this.#modular.has(nevra));
    for (const candidate of plain.sort(newestFirst)) {
      const group = `${candidate.name}.${candidate.arch}`;
      const count = counts.get(group) ?? 0;
      if (count >= this.#keep) skipped.add(candidate);
      counts.set(group, count + 1);
    }
    return all.filter(candidate => !skipped.has(candidate));
  }
}

function newestFirst(a: PackageCandidate, b: PackageCandidate): number {
  if (a.evrKey === b.evrKey) return 0;
  return a.evrKey < b.evrKey ? 1 : -1;
}
