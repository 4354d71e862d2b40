import { installsOn, isSourceArch } from '../architecture/architectures';
import type {
  AddedUnit,
  ClosurePlan,
  EntryPlan,
  MissingRequirement,
  PlanStep,
} from '../closure/plan';
import { planClosure } from '../closure/planClosure';
import type { ClosureEntry, ClosureRequest } from '../closure/request';
import type { Pool } from '../pool/Pool';
import { machinesOf } from './machinesOf';

/**
 * Plans a copy so that what is copied can be installed on each machine that it has to serve, those
 * that the request names or else {@link machinesOf}: the union of one plan for each.
 *
 * @throws as `planClosure`
 */
export function planForMachines(
  pool: Pool,
  request: ClosureRequest,
): ClosurePlan {
  const machines = request.architectures?.length
    ? [...new Set(request.architectures)].sort()
    : machinesOf(pool, request);
  if (
    machines.length === 0 ||
    request.entries.some(({ architecture }) => architecture !== undefined)
  ) {
    return planClosure(pool, request);
  }
  const merged = new MergedPlans(request.entries);
  for (const machine of machines) {
    const entries = request.entries.map(entry => ({
      ...entry,
      architecture: machine,
      requested: entry.requested.filter(
        unit =>
          isFor(pool, machine, unit) ||
          !machines.some(other => isFor(pool, other, unit)),
      ),
    }));
    merged.add(
      machine,
      planClosure(pool, { ...request, entries, architectures: machines }),
    );
  }
  return merged.plan(machines.length);
}

/** Modules, sources and what the pool does not hold are everybody's. */
function isFor(pool: Pool, machine: string, unit: number): boolean {
  const id = pool.packageOf(unit);
  if (id === undefined) return true;
  const arch = pool.arch(id);
  return isSourceArch(arch) || installsOn(machine, arch);
}

/** Collects plans for one machine each; what several say alike stands once. */
class MergedPlans {
  readonly #steps: PlanStep[] = [];
  readonly #added = new Map<string, Map<number, AddedUnit>>();
  readonly #ignored = new Map<string, Set<number>>();
  readonly #missing = new Map<
    string,
    { missing: MissingRequirement; machines: string[] }
  >();

  constructor(entries: readonly ClosureEntry[]) {
    for (const { id } of entries) {
      this.#added.set(id, new Map());
      this.#ignored.set(id, new Set());
    }
  }

  add(machine: string, plan: ClosurePlan): void {
    const offset = this.#steps.length;
    for (const step of plan.steps) {
      this.#steps.push(
        step.previous === undefined
          ? step
          : { ...step, previous: step.previous + offset },
      );
    }
    for (const { entry, added, ignored } of plan.entries) {
      const known = this.#added.get(entry)!;
      for (const unit of added) {
        if (!known.has(unit.unit)) {
          known.set(unit.unit, { ...unit, step: unit.step + offset });
        }
      }
      for (const unit of ignored) this.#ignored.get(entry)!.add(unit);
    }
    for (const missing of plan.missing) {
      const key = [missing.entry, missing.unit, missing.requirement].join('\0');
      const known = this.#missing.get(key);
      if (known) {
        known.machines.push(machine);
      } else {
        this.#missing.set(key, {
          missing: { ...missing, step: missing.step + offset },
          machines: [machine],
        });
      }
    }
  }

  plan(machineCount: number): ClosurePlan {
    return {
      entries: [...this.#added].map(
        ([entry, added]): EntryPlan => ({
          entry,
          added: [...added.values()],
          ignored: [...this.#ignored.get(entry)!],
        }),
      ),
      missing: [...this.#missing.values()].map(({ missing, machines }) =>
        machines.length === machineCount
          ? missing
          : {
              ...missing,
              sentence: `On ${machines.join(' and ')}: ${missing.sentence}`,
            },
      ),
      steps: this.#steps,
    };
  }
}
