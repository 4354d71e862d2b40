import type { Cancellation } from '../cancellation';

/** One pair of a copy: what is asked for from one source into one destination. */
export interface ClosureEntry {
  /** Names the entry in the plan; distinct within a request. */
  id: string;
  /** Key of the repository version in the pool that units come from. */
  source: string;
  /** Key of the repository version in the pool that units are added to. Entries may share one. */
  destination: string;
  /** Units of packages and modules that are copied in any case. */
  requested: readonly number[];
  /**
   * The machine architecture that the destination serves (`x86_64`): nothing that it cannot install
   * is chosen. Without it, each requirement is met for the architecture of the package that has it.
   */
  architecture?: string;
}

/** A copy of one or several entries, all carried out together. */
export interface ClosureRequest extends Cancellation {
  entries: readonly ClosureEntry[];
  /** Bring the newest packages that meet a requirement, though the destination meets it already. */
  dependencyUpgrade?: boolean;
  /** Bring what source packages need to be built; otherwise they need nothing. */
  sourceRequires?: boolean;
  /**
   * Also bring what copied packages recommend, and what supplements them, where it can be installed
   * along with them. What of it cannot be had is not missing.
   */
  weakDependencies?: boolean;
  /**
   * The machine architectures that the copy has to serve (`x86_64`), for `planForMachines`. Without
   * them, those that the destinations and the requested packages are built for.
   */
  architectures?: readonly string[];
}
