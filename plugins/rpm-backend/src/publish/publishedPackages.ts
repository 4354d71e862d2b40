import type { Layout } from '@rpmportal/backstage-plugin-rpm-common';
import { packagePath, type PackageFileName } from './layout';

/** A package of a version, as far as its place in a publication goes. */
export interface PublishedPackage extends PackageFileName {
  unitId: number;
  epoch: string;
  /** Unix seconds. */
  timeBuild: number;
}

function compare(a: PublishedPackage, b: PublishedPackage): number {
  return (
    Number(a.epoch) - Number(b.epoch) ||
    a.timeBuild - b.timeBuild ||
    // Never both, but the answer must not depend on the order of the rows.
    b.unitId - a.unitId
  );
}

/**
 * The package that a publication has at a path: file names have no epoch, so there may be several
 * for it. The highest epoch wins, then the latest build.
 *
 * @param candidates - the packages of the version with the path's file name
 */
export function packageAt<T extends PublishedPackage>(
  path: string,
  candidates: readonly T[],
  layout: Layout,
): T | undefined {
  return candidates
    .filter(candidate => packagePath(candidate, layout) === path)
    .sort(compare)
    .pop();
}

/** Finds paths that more than one package has, as packages pass by. */
export class PathCollisions {
  readonly #layout: Layout;
  readonly #paths = new Set<string>();
  readonly #contested = new Map<string, string>();
  #seen = 0;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** How many packages have passed by. */
  get seen(): number {
    return this.#seen;
  }

  /** The file names of the contested paths, by path. */
  get contested(): ReadonlyMap<string, string> {
    return this.#contested;
  }

  add(file: PackageFileName): void {
    const path = packagePath(file, this.#layout);
    if (this.#paths.has(path)) this.#contested.set(path, file.fileName);
    this.#paths.add(path);
    this.#seen += 1;
  }
}
