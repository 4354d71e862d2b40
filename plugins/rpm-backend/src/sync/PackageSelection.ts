/** What decides which of several packages with one NEVRA comes in. */
export interface PackageCandidate {
  unitId: number;
  nevra: string;
  /** Unix seconds. */
  timeBuild: number;
}

/** What of a remote's packages comes in. */
export interface PackageChoice {
  unitIds: number[];
  /** NEVRAs that the remote has more than once. */
  repeated: string[];
}

/**
 * Chooses among the packages of a remote: of several with one NEVRA the one built last, of equals
 * the first.
 */
export class PackageSelection {
  readonly #byNevra = new Map<string, PackageCandidate>();
  readonly #repeated = new Set<string>();

  add(candidate: PackageCandidate): void {
    const { nevra, unitId, timeBuild } = candidate;
    const known = this.#byNevra.get(nevra);
    if (known && known.unitId !== unitId) this.#repeated.add(nevra);
    if (!known || timeBuild > known.timeBuild) {
      this.#byNevra.set(nevra, candidate);
    }
  }

  choose(): PackageChoice {
    return {
      unitIds: Array.from(this.#byNevra.values(), ({ unitId }) => unitId),
      repeated: [...this.#repeated],
    };
  }
}
