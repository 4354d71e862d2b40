import { formatNevra, parseNevra, type Nevra } from '@rpmportal/rpm-format';

/** A package, and its unit. */
export interface PackageIdentity extends Nevra {
  uuid: string;
}

/** Which artifacts of a module are here, and which are not. */
export interface ModuleCompleteness {
  /** In the order of the document; several packages may have one NEVRA. */
  present: PackageIdentity[];
  /** As the document names them, each once; also what is no NEVRA. */
  missing: string[];
}

/**
 * Compares what a module's document names with the packages that are here.
 *
 * @param artifacts - as the document names them
 * @param packages - all of them named by it
 */
export function moduleCompleteness(
  artifacts: readonly string[],
  packages: readonly PackageIdentity[],
): ModuleCompleteness {
  const byNevra = new Map<string, PackageIdentity[]>();
  for (const unit of packages) {
    const key = formatNevra(unit);
    const same = byNevra.get(key);
    if (same) same.push(unit);
    else byNevra.set(key, [unit]);
  }
  const present: PackageIdentity[] = [];
  const missing: string[] = [];
  const seen = new Set<string>();
  for (const artifact of artifacts) {
    const nevra = parseNevra(artifact);
    const key = nevra ? formatNevra(nevra) : artifact;
    if (seen.has(key)) continue;
    seen.add(key);
    const found = byNevra.get(key);
    if (found) present.push(...found);
    else missing.push(artifact);
  }
  return { present, missing };
}
