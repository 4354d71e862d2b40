import { planClosure } from '../closure/planClosure';
import type { ClosurePlan } from '../closure/plan';
import type { ClosureEntry, ClosureRequest } from '../closure/request';
import { chainOf, describeChain } from '../explanation/describeChain';
import { buildPool } from '../pool/PoolBuilder';
import type {
  ModuleRecord,
  PackageRecord,
  RepositoryRecord,
} from '../pool/records';
import { moduleUnitOf, unitOf } from './packages';

type Repository =
  | PackageRecord[]
  | {
      packages?: PackageRecord[];
      modules?: ModuleRecord[];
      defaultStreams?: Record<string, string>;
    };

interface CopyEntry extends Partial<Omit<ClosureEntry, 'requested'>> {
  /** Packages as `name-version-release[.arch]`, modules as `name:stream:version:context:arch`. */
  requested: string[];
}

/** A plan in words. */
export interface CopyResult {
  /** Labels by entry id; of the only entry when there is one. */
  added: Record<string, string[]>;
  /** `requirer: requirement`. */
  missing: string[];
  /** By label, the chain in words. */
  chains: Record<string, string>;
  plan: ClosurePlan;
}

export function toRepositories(
  repositories: Record<string, Repository>,
): RepositoryRecord[] {
  return Object.entries(repositories).map(([key, repository]) =>
    Array.isArray(repository)
      ? { key, packages: repository }
      : { key, packages: [], ...repository },
  );
}

/** Plans a copy between repositories that are written out; from `source` to `destination` by default. */
export function copy(
  repositories: Record<string, Repository>,
  entries: CopyEntry[],
  options: Omit<ClosureRequest, 'entries'> = {},
): CopyResult {
  const pool = buildPool(toRepositories(repositories));
  const plan = planClosure(pool, {
    ...options,
    entries: entries.map((entry, index) => ({
      id: String(index),
      source: 'source',
      destination: 'destination',
      ...entry,
      requested: entry.requested.map(text =>
        text.includes(':', text.indexOf(':') + 1)
          ? moduleUnitOf(text)
          : unitOf(text),
      ),
    })),
  });
  const label = (step: number) => plan.steps[step].label;
  return {
    added: Object.fromEntries(
      plan.entries.map(({ entry, added }) => [
        entry,
        added.map(({ step }) => label(step)),
      ]),
    ),
    missing: plan.missing.map(
      ({ step, requirement }) => `${label(step)}: ${requirement}`,
    ),
    chains: Object.fromEntries(
      plan.entries
        .flatMap(({ added }) => added)
        .map(({ step }) => [label(step), describeChain(chainOf(plan, step))]),
    ),
    plan,
  };
}

/** What a copy of some packages from `source` to `destination` takes along. */
export function additions(
  source: Repository,
  destination: Repository,
  requested: string[],
  options: Omit<ClosureRequest, 'entries'> = {},
): string[] {
  return copy({ source, destination }, [{ requested }], options).added[0];
}
