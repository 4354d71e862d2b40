import type { Selection } from '@backstage/ui';
import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';
import type { PackageSummary } from '../api';

/** How a copy is to be made. */
export interface CopyOptions {
  /** Bring what the packages need. */
  dependencies: boolean;
  /** Bring the newest of it, though the destination has something that does. */
  upgrade: boolean;
  /** Bring what they recommend as well. */
  weak: boolean;
  /** Bring the modules that they belong to; with dependencies these come in any case. */
  modules: boolean;
}

/** What the user chose to copy, and where to. */
export interface CopyChoice {
  /** The whole version rather than the chosen packages. */
  everything: boolean;
  /** The chosen packages' names (NEVRA) by their hrefs, in the order in which they were chosen. */
  packages: ReadonlyMap<string, string>;
  destination?: CopyDestination;
  options: CopyOptions;
}

/** A repository that is copied into, with what leads to its page. */
export type CopyDestination = Pick<
  Repository,
  'pulp_href' | 'name' | 'entity' | 'owner'
>;

/** Nothing is chosen yet; dependencies come along unless they are refused. */
export const NOTHING_CHOSEN: CopyChoice = {
  everything: false,
  packages: new Map(),
  options: { dependencies: true, upgrade: false, weak: false, modules: true },
};

/** What people call a package: its NEVRA, without an epoch of 0. */
export function nevraOf(unit: PackageSummary): string {
  const { name, epoch, version, release, arch } = unit;
  const prefix = epoch && epoch !== '0' ? `${epoch}:` : '';
  return `${name}-${prefix}${version}-${release}.${arch}`;
}

/**
 * Takes over what is selected on one page of a list; what was chosen on other pages stays chosen.
 *
 * @param selected - keys are hrefs; `all` are those of the page
 */
export function choosePackages(
  chosen: CopyChoice['packages'],
  page: readonly PackageSummary[],
  selected: Selection,
): CopyChoice['packages'] {
  const changed = new Map(chosen);
  for (const unit of page) {
    if (selected !== 'all' && !selected.has(unit.pulp_href)) {
      changed.delete(unit.pulp_href);
    } else if (!changed.has(unit.pulp_href)) {
      changed.set(unit.pulp_href, nevraOf(unit));
    }
  }
  return changed;
}

/** Leaves out some of the chosen packages. */
export function withoutPackages(
  chosen: CopyChoice['packages'],
  hrefs: ReadonlySet<unknown>,
): CopyChoice['packages'] {
  return new Map([...chosen].filter(([href]) => !hrefs.has(href)));
}

/** Whether enough is chosen for a copy. */
export function isComplete(
  choice: CopyChoice,
): choice is CopyChoice & { destination: CopyDestination } {
  return (
    choice.destination !== undefined &&
    (choice.everything || choice.packages.size > 0)
  );
}
