import { checkCancelled } from '../../cancellation';
import { machinesOf } from '../../machines/machinesOf';
import type { PackageId, Pool } from '../../pool/Pool';
import { Diagnosis } from './Diagnosis';
import { Examination } from './Examination';
import {
  MAX_PROBLEMS,
  type BrokenPackage,
  type InstallabilityReport,
  type InstallabilityRequest,
} from './report';

/** What a machine is called where all packages are for any machine. */
const ANY_MACHINE = 'noarch';

/**
 * Finds the packages of a repository version that no machine that has it and its contexts enabled could
 * install, each by itself: for which there is no set of packages there that contains it, meets all
 * requirements in it and fits together.
 *
 * @remarks
 * Proven like copies are, see `Installability`, for each machine architecture. Does not depend on the
 * order of packages, relations and contexts. 20,000 packages take some 5 seconds.
 *
 * @throws Error when the pool does not hold one of the repositories.
 * @throws CancelledError when the request's `shouldCancel` says so.
 */
export function reportInstallability(
  pool: Pool,
  request: InstallabilityRequest,
): InstallabilityReport {
  const { repository, contexts = [] } = request;
  const keys = [...new Set([repository, ...contexts])];
  const repositories = keys.map(key => pool.repository(key));
  const [{ packages }] = repositories;
  const ids = [...packages.keys()]
    .filter(id => packages[id] === 1)
    .sort((a, b) => pool.order.compare(a, b));

  const examined = new Set<PackageId>();
  const broken: (BrokenPackage & { id: PackageId })[] = [];
  const machines = machinesFor(pool, request);
  for (const architecture of machines) {
    const examination = new Examination(
      pool,
      repositories,
      architecture === ANY_MACHINE ? undefined : architecture,
      request,
    );
    const uninstallable: PackageId[] = [];
    for (const id of ids) {
      checkCancelled(request);
      if (!examination.examines(id)) continue;
      examined.add(id);
      if (!examination.isInstallable(id)) uninstallable.push(id);
    }
    const diagnosis = new Diagnosis(examination, uninstallable, request);
    for (const id of uninstallable) {
      checkCancelled(request);
      const { problems, count } = diagnosis.of(id, MAX_PROBLEMS);
      broken.push({
        id,
        unit: pool.columns.units[id],
        label: pool.label(id),
        architecture,
        problems,
        problemCount: count,
      });
    }
  }
  // Stable, so that the machines of a package keep their order.
  broken.sort((a, b) => pool.order.compare(a.id, b.id));
  return {
    architectures: machines,
    packageCount: examined.size,
    brokenCount: new Set(broken.map(({ id }) => id)).size,
    broken: broken.map(({ id: _, ...rest }) => rest),
  };
}

function machinesFor(
  pool: Pool,
  { repository, contexts = [], architectures = [] }: InstallabilityRequest,
): string[] {
  if (architectures.length > 0) return [...new Set(architectures)].sort();
  const machines = machinesOf(pool, {
    entries: [repository, ...contexts].map((source, index) => ({
      id: String(index),
      source,
      destination: repository,
      requested: [],
    })),
  });
  return machines.length > 0 ? machines : [ANY_MACHINE];
}
