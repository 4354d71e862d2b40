import { findUnmet } from '@rpmportal/rpm-solver';
import type { JobContext } from '../workers/types';
import type { SolveBatch } from './jobTypes';
import { cancellationOf, readPool } from './readPool';
import type {
  BrokenPackage,
  InstallabilityInput,
  InstallabilityReport,
} from './types';

/** Broken packages that go together; takes a receiver a few milliseconds. */
const PART = 500;

/**
 * Finds the packages of a version that cannot be installed. Runs in a worker thread, and is pure.
 *
 * @returns the report without the broken packages, which were emitted
 */
export async function reportInstallability(
  { version, contexts, architectures }: InstallabilityInput,
  context: JobContext<SolveBatch, BrokenPackage[]>,
): Promise<InstallabilityReport> {
  const pool = await readPool(context);
  const examined = pool.repository(version);
  const machines = architectures.length ? architectures : [undefined];
  const broken = machines.flatMap(architecture =>
    findUnmet(pool, [version, ...contexts], {
      architecture,
      ...cancellationOf(context),
    })
      .filter(({ unit }) => examined.packages[pool.packageOf(unit)!] === 1)
      .map(
        ({ unit, label, requirements }): BrokenPackage => ({
          unit,
          label,
          architecture,
          problems: requirements.map(requirement => ({
            requirement,
            problem: 'nothing-provides',
            sentence: `${label} requires ${requirement}, which nothing provides.`,
          })),
        }),
      ),
  );
  for (let start = 0; start < broken.length; start += PART) {
    await context.emit(broken.slice(start, start + PART));
  }
  return {
    architectures: [...architectures],
    packageCount: examined.packages.reduce((sum, held) => sum + held, 0),
    broken: [],
  };
}
