import { canMeet } from '../architecture/architectures';
import type { ModuleId, Pool } from '../pool/Pool';
import type { ModuleRequirement } from '../pool/records';
import {
  isRequiredStream,
  moduleRequirementText,
} from '../requirement/moduleStreams';

/** What a module requires in vain. */
export interface MissingStream {
  /** The label of the module that requires it, when another one needs that. */
  of?: string;
  /** As people write it: `perl:[5.30,5.32]`. */
  requirement: string;
}

interface Lack {
  module: ModuleId;
  requirement: string;
}

/**
 * What keeps a module from being enabled: the first stream that is not there, of those that it
 * requires or that these require. Undefined when all are there.
 */
export function missingStream(
  pool: Pool,
  module: ModuleId,
  hasModule: (id: ModuleId) => boolean,
): MissingStream | undefined {
  const found = new StreamSearch(pool, hasModule).find(module);
  if (!found) return undefined;
  const { requirement } = found;
  if (found.module === module) return { requirement };
  return { of: pool.columns.modules[found.module].label, requirement };
}

class StreamSearch {
  readonly #pool: Pool;
  readonly #hasModule: (id: ModuleId) => boolean;
  /** What is being looked into counts as being there: modules may require each other. */
  readonly #known = new Map<ModuleId, Lack | undefined>();

  constructor(pool: Pool, hasModule: (id: ModuleId) => boolean) {
    this.#pool = pool;
    this.#hasModule = hasModule;
  }

  find(module: ModuleId): Lack | undefined {
    if (this.#known.has(module)) return this.#known.get(module);
    this.#known.set(module, undefined);
    const missing = this.#pool.columns.modules[module].requires
      .map(required => this.#look(module, required))
      .find(each => each !== undefined);
    this.#known.set(module, missing);
    return missing;
  }

  #look(module: ModuleId, required: ModuleRequirement): Lack | undefined {
    const { modules } = this.#pool.columns;
    const candidates = modules
      .flatMap((candidate, id) =>
        this.#hasModule(id) &&
        isRequiredStream(candidate, required) &&
        canMeet(modules[module].arch, candidate.arch)
          ? [id]
          : [],
      )
      .sort((a, b) => this.#pool.order.compareModules(a, b));
    const missing = candidates.map(id => this.find(id));
    if (missing.some(each => each === undefined)) return undefined;
    return (
      missing[0] ?? { module, requirement: moduleRequirementText(required) }
    );
  }
}
