import type { ImageColumns, PackageId } from '../image/ImageColumns';
import type { RelationId } from '../image/ImageRelations';
import type { PackageSet, Requirement } from '../requirement/Requirement';
import { PackageOrder } from './PackageOrder';

const NOBODY = new Int32Array(0);

/**
 * What has been found out about an image, whichever repositories a question is about: all pools on it
 * share it, so that the next plan finds it known.
 */
export class PoolMemory {
  readonly columns: ImageColumns;
  readonly order: PackageOrder;
  readonly #requirements: (Requirement | undefined)[];
  readonly #texts: (string | undefined)[];
  readonly #providers: (Int32Array | undefined)[];
  readonly #sets = new Map<PackageSet, Int32Array>();
  readonly #derived = new Map<string, unknown>();

  constructor(columns: ImageColumns) {
    this.columns = columns;
    this.order = new PackageOrder(columns);
    this.#requirements = new Array(columns.relations.size);
    this.#texts = new Array(columns.relations.size);
    this.#providers = new Array(columns.relations.size);
  }

  requirement(relation: RelationId): Requirement {
    this.#requirements[relation] ??= {
      kind: 'any',
      of: { kind: 'providers', relation },
    };
    return this.#requirements[relation];
  }

  relationText(relation: RelationId): string {
    const { relations, strings } = this.columns;
    this.#texts[relation] ??= relations.text(
      relation,
      strings.text(relations.name(relation)),
    );
    return this.#texts[relation];
  }

  providers(relation: RelationId): Int32Array {
    this.#providers[relation] ??= this.#findProviders(relation);
    return this.#providers[relation];
  }

  packagesIn(set: PackageSet): Int32Array {
    if (set.kind === 'providers') {
      return this.providers(set.relation);
    }
    let found = this.#sets.get(set);
    if (!found) {
      found = this.#combine(set);
      this.#sets.set(set, found);
    }
    return found;
  }

  derive<T>(key: string, compute: () => T): T {
    if (!this.#derived.has(key)) {
      this.#derived.set(key, compute());
    }
    return this.#derived.get(key) as T;
  }

  #findProviders(relation: RelationId): Int32Array {
    const { relations, providingPackages, provided } = this.columns;
    const { starts, values } = providingPackages;
    const name = relations.name(relation);
    const found: PackageId[] = [];
    for (let i = starts[name]; i < starts[name + 1]; i++) {
      if (relations.overlap(provided[i], relation)) {
        found.push(values[i]);
      }
    }
    return ascending(found);
  }

  #combine(set: Exclude<PackageSet, { kind: 'providers' }>): Int32Array {
    if (set.kind === 'difference') {
      const without = new Set(this.packagesIn(set.without));
      return this.packagesIn(set.from).filter(id => !without.has(id));
    }
    const [first, ...rest] = set.members.map(
      member => new Set(this.packagesIn(member)),
    );
    const combined =
      set.kind === 'union'
        ? [first, ...rest].flatMap(members => [...members])
        : [...first].filter(id => rest.every(members => members.has(id)));
    return ascending(combined);
  }
}

function ascending(ids: readonly number[]): Int32Array {
  if (ids.length < 2) {
    return ids.length === 0 ? NOBODY : Int32Array.of(ids[0]);
  }
  const sorted = Int32Array.from(ids).sort();
  return sorted.filter((id, i) => i === 0 || id !== sorted[i - 1]);
}
