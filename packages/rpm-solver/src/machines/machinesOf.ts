import { installsOn, isSourceArch } from '../architecture/architectures';
import type { ClosureRequest } from '../closure/request';
import type { Pool, PoolRepository } from '../pool/Pool';

/**
 * The machine architectures that a copy has to serve: those that the destinations or the requested
 * packages are built for, and where neither tells, those of the sources. None when all is `noarch`.
 *
 * @remarks
 * A library that a `noarch` package requires is needed for each machine that the repository serves,
 * and a destination that is still empty does not say which these are. What a better machine also
 * installs (`i686` on `x86_64`) is no machine of its own.
 */
export function machinesOf(pool: Pool, request: ClosureRequest): string[] {
  const { entries } = request;
  const told = new Set(
    entries.flatMap(({ destination, requested }) => [
      ...archsIn(pool, pool.repository(destination)),
      ...requested.flatMap(unit => {
        const id = pool.packageOf(unit);
        return id === undefined ? [] : pool.arch(id);
      }),
    ]),
  );
  const machines = onlyMachines(told);
  return machines.length
    ? machines
    : onlyMachines(
        new Set(
          entries.flatMap(({ source }) => [
            ...archsIn(pool, pool.repository(source)),
          ]),
        ),
      );
}

function archsIn(pool: Pool, { packages }: PoolRepository): Set<string> {
  const { archIds, archs } = pool.columns;
  const seen = new Uint8Array(archs.length);
  packages.forEach((held, id) => {
    if (held) seen[archIds[id]] = 1;
  });
  return new Set(archs.filter((_, id) => seen[id]));
}

function onlyMachines(archs: ReadonlySet<string>): string[] {
  const built = [...archs].filter(
    arch => arch !== 'noarch' && !isSourceArch(arch),
  );
  return built
    .filter(arch => !built.some(other => isCompatibilityArch(arch, other)))
    .sort();
}

/** Whether a machine of the second architecture runs the first besides its own, unlike a level of it. */
function isCompatibilityArch(arch: string, machine: string): boolean {
  return (
    arch !== machine &&
    installsOn(machine, arch) &&
    !machine.startsWith(`${arch}_v`)
  );
}
