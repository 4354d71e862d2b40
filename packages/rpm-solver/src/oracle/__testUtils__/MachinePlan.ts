import { formatNevra, parseNevra } from '@rpmportal/rpm-format';
import type { ClosurePlan } from '../../closure/plan';
import type { ClosureRequest } from '../../closure/request';
import type { ModuleRecord, PackageRecord } from '../../pool/records';

/** A copy, as a check has to know it. */
export interface ExaminedCopy {
  packages: ReadonlyMap<number, PackageRecord>;
  modules: readonly ModuleRecord[];
  /** Units, by entry. */
  sources: readonly (readonly number[])[];
  destinations: readonly (readonly number[])[];
  requested: readonly (readonly number[])[];
  options: Omit<ClosureRequest, 'entries'>;
}

/** A plan for one machine, with what it makes of the repositories. */
export interface MachinePlan extends ExaminedCopy {
  plan: ClosurePlan;
  /** Packages of which the plan has to care, asked for or brought. */
  copied: readonly number[];
  /** Units that sources or destinations have. */
  everything: ReadonlySet<number>;
  /** Units that destinations have whatever is planned. */
  given: ReadonlySet<number>;
  /** Units that destinations have in the end … */
  after: ReadonlySet<number>;
  /** … and by entry, those of its destination. */
  places: readonly ReadonlySet<number>[];
  /** NEVRAs of artifacts. */
  modular: ReadonlySet<string>;
}

/** @param whole - what is carried out, when the plan is for one machine of several */
export function machinePlan(
  copy: ExaminedCopy,
  plan: ClosurePlan,
  whole = plan,
): MachinePlan {
  const { packages, modules, sources, destinations, requested } = copy;
  const added = (of: ClosurePlan) =>
    of.entries.map(entry => entry.added.map(({ unit }) => unit));
  const given = new Set([...destinations.flat(), ...requested.flat()]);
  const brought = added(whole);
  return {
    ...copy,
    plan,
    copied: [...new Set([...requested.flat(), ...added(plan).flat()])].filter(
      unit => packages.has(unit),
    ),
    everything: new Set([...sources.flat(), ...destinations.flat()]),
    given,
    after: new Set([...given, ...brought.flat()]),
    places: destinations.map(
      (held, i) => new Set([...held, ...requested[i], ...brought[i]]),
    ),
    modular: new Set(
      modules.flatMap(({ artifacts }) =>
        artifacts.flatMap(text => {
          const nevra = parseNevra(text);
          return nevra ? formatNevra(nevra) : [];
        }),
      ),
    ),
  };
}
