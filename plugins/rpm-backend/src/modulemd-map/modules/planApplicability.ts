import { evrSortKey, formatNevra, type Nevra } from '@rpmportal/rpm-format';
import { sortBuilds } from './sortBuilds';
import type {
  ApplicableStream,
  AvailableArtifact,
  ModuleBuild,
  NewerArtifact,
} from './types';

/** A package of a machine. */
export interface InstalledPackage {
  /** As the caller wrote it. */
  text: string;
  nevra: Nevra;
}

/** What applicability is decided on. */
export interface ApplicabilityFacts {
  installed: readonly InstalledPackage[];
  /** All builds of the streams that are looked at. */
  builds: readonly ModuleBuild[];
  /** What the documents of builds name, of what is installed. */
  named: readonly (Nevra & { modulemdId: number })[];
  /** What can be had of the builds' artifacts. */
  available: readonly AvailableArtifact[];
}

function streamKey({ name, stream }: ModuleBuild): string {
  return JSON.stringify([name, stream]);
}

/** What a package is a version of. */
function groupKey({ name, arch }: Nevra): string {
  return `${name} ${arch}`;
}

/**
 * Tells the streams that have an artifact among the installed packages, with all their builds, and
 * for each of these packages the newest one of its name and architecture that the stream has, when
 * that is newer.
 */
export function planApplicability({
  installed,
  builds,
  named,
  available,
}: ApplicabilityFacts): ApplicableStream[] {
  const sorted = sortBuilds(builds);
  const streamOf = new Map(sorted.map(build => [build.id, streamKey(build)]));
  const streamsOfNevra = new Map<string, Set<string>>();
  for (const artifact of named) {
    const stream = streamOf.get(artifact.modulemdId);
    if (stream === undefined) continue;
    const nevra = formatNevra(artifact);
    const streams = streamsOfNevra.get(nevra);
    if (streams) streams.add(stream);
    else streamsOfNevra.set(nevra, new Set([stream]));
  }
  const installedByStream = new Map<string, InstalledPackage[]>();
  for (const one of installed) {
    for (const stream of streamsOfNevra.get(formatNevra(one.nevra)) ?? []) {
      const ofStream = installedByStream.get(stream);
      if (ofStream) ofStream.push(one);
      else installedByStream.set(stream, [one]);
    }
  }
  const availableByStream = group(available, ({ modulemdId }) =>
    streamOf.get(modulemdId),
  );
  return [...group(sorted, streamKey)].flatMap(([key, ofStream]) => {
    const there = installedByStream.get(key);
    if (!there) return [];
    const [{ name, stream }] = ofStream;
    return {
      module: name,
      stream,
      builds: ofStream,
      installed: there.map(({ text }) => text),
      newer: findNewer(there, ofStream, availableByStream.get(key) ?? []),
    };
  });
}

/** @param builds - newest first */
function findNewer(
  installed: readonly InstalledPackage[],
  builds: readonly ModuleBuild[],
  available: readonly AvailableArtifact[],
): NewerArtifact[] {
  const rank = new Map(builds.map(({ id }, index) => [id, index]));
  const newest = new Map<string, AvailableArtifact>();
  for (const artifact of available) {
    const best = newest.get(groupKey(artifact));
    if (
      !best ||
      artifact.evrKey > best.evrKey ||
      (artifact.evrKey === best.evrKey &&
        rank.get(artifact.modulemdId)! < rank.get(best.modulemdId)!)
    ) {
      newest.set(groupKey(artifact), artifact);
    }
  }
  return installed.flatMap(({ text, nevra }) => {
    const best = newest.get(groupKey(nevra));
    return best && best.evrKey > evrSortKey(nevra)
      ? {
          installed: text,
          available: best,
          build: builds[rank.get(best.modulemdId)!],
        }
      : [];
  });
}

/** Groups in the order of their first members; what belongs nowhere is left out. */
function group<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const found = groups.get(key);
    if (found) found.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
