import type { ModuleIdentity, ModuleSummary } from '../api';

/** How much of what a module names a version holds. */
export interface Completeness {
  /** Artifacts that the module names. */
  total: number;
  present: number;
  /** Packages that clients would miss, as the module names them. */
  missing: string[];
  /** Source packages that are not there, which repositories for clients rarely have. */
  missingSources: string[];
}

/** Counts the artifacts of a module, each once however often it is named. */
export function completenessOf(
  module: Pick<ModuleSummary, 'artifacts' | 'missing_artifacts'>,
): Completeness {
  const total = new Set(module.artifacts).size;
  const isSource = (artifact: string) => /\.(no)?src$/.test(artifact);
  const all = module.missing_artifacts;
  return {
    total,
    present: total - all.length,
    missing: all.filter(artifact => !isSource(artifact)),
    missingSources: all.filter(isSource),
  };
}

/** How people and `dnf` name a stream of a module. */
export function streamNameOf(
  module: Pick<ModuleIdentity, 'name' | 'stream'>,
): string {
  return `${module.name}:${module.stream}`;
}
