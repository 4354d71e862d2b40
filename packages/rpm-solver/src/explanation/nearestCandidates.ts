import type { ModuleId, PackageId, Pool } from '../pool/Pool';
import type { RelationId } from '../image/ImageRelations';
import type { PackageSet } from '../requirement/Requirement';
import { similarLibraries } from './similarLibraries';

const MAX_CANDIDATES = 3;

/** What counts as being there, for whoever explains. */
export interface Surroundings {
  hasPackage: (id: PackageId) => boolean;
  hasModule: (id: ModuleId) => boolean;
}

/**
 * What comes nearest to a requirement that is not met: packages that provide what it names in another
 * version, for another architecture or in another module stream; else other versions of the library.
 *
 * @param sets - the sets of packages of which one is required
 * @returns each with what it provides, the newest of a name first; the last entry counts the rest
 */
export function nearestCandidates(
  pool: Pool,
  owner: PackageId,
  sets: readonly PackageSet[],
  surroundings: Surroundings,
): string[] {
  const names = [
    ...new Set(sets.flatMap(leaves).map(of => pool.columns.relations.name(of))),
  ];
  const near = new Map<PackageId, string>();
  const collect = (name: number) => {
    const text = pool.columns.strings.text(name);
    for (const [provider, provided] of pool.provisionsOf(name)) {
      if (provider !== owner && surroundings.hasPackage(provider)) {
        near.set(provider, pool.columns.relations.text(provided, text));
      }
    }
  };
  names.forEach(collect);
  for (const name of names) {
    for (const similar of near.size > 0 ? [] : similarLibraries(pool, name)) {
      collect(similar);
      if (near.size > 0) break;
    }
  }
  const texts = [...near]
    .sort(([a], [b]) => pool.order.compare(b, a))
    .slice(0, MAX_CANDIDATES)
    .map(([id, provided]) => {
      const streams = streamsOf(pool, id, surroundings);
      const origin =
        streams.length > 0 ? `, of the module ${streams.join(', ')}` : '';
      return `${pool.label(id)} (${provided}${origin})`;
    });
  const more = near.size - texts.length;
  return more > 0 ? [...texts, `${more} more`] : texts;
}

/** The module streams, `name:stream`, whose artifact a package is. */
export function streamsOf(
  pool: Pool,
  id: PackageId,
  { hasModule }: Pick<Surroundings, 'hasModule'>,
): string[] {
  const { modules, modulesOfPackage } = pool.columns;
  const { starts, values } = modulesOfPackage;
  const streams = [...values.subarray(starts[id], starts[id + 1])]
    .filter(hasModule)
    .map(module => `${modules[module].name}:${modules[module].stream}`);
  return [...new Set(streams)].sort();
}

function leaves(set: PackageSet): RelationId[] {
  switch (set.kind) {
    case 'providers':
      return [set.relation];
    case 'difference':
      return leaves(set.from);
    default:
      return set.members.flatMap(leaves);
  }
}
