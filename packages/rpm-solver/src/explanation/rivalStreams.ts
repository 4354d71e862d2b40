import type { PackageId, Pool, RequirementId } from '../pool/Pool';
import { setsOf } from '../requirement/setsOf';
import { streamsOf, type Surroundings } from './nearestCandidates';

/**
 * The module streams that keep requirements from being met together: those of one module of which
 * several are needed and only one can be enabled. Empty when it is something else.
 *
 * @returns `name:stream`, sorted
 */
export function rivalStreams(
  pool: Pool,
  requirements: readonly RequirementId[],
  { hasPackage, hasModule }: Surroundings,
): string[] {
  const needed = requirements.map(requirement => {
    const providers = setsOf(pool.requirement(requirement))
      .flatMap(set => [...pool.packagesIn(set)])
      .filter(hasPackage);
    return commonStreams(pool, providers, hasModule);
  });
  const all = [...new Set(needed.flat())].sort();
  const nameOf = (stream: string) => stream.slice(0, stream.indexOf(':'));
  return all.filter(stream =>
    all.some(
      other =>
        other !== stream &&
        nameOf(other) === nameOf(stream) &&
        !needed.some(of => of.includes(other) && of.includes(stream)),
    ),
  );
}

/** Streams of the providers, when each of them needs one. */
function commonStreams(
  pool: Pool,
  providers: readonly PackageId[],
  hasModule: Surroundings['hasModule'],
): string[] {
  const streams = providers.map(id => streamsOf(pool, id, { hasModule }));
  return streams.every(of => of.length > 0) ? [...new Set(streams.flat())] : [];
}
