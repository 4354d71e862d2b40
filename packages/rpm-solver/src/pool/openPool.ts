import type { Pool } from './Pool';
import { PoolDraft } from './PoolDraft';
import { recordsOf, type PoolImage } from './PoolImage';

/** What one repository version holds of an image. */
export interface OpenedRepository {
  /** How requests name this repository version. */
  key: string;
  /** Its packages and modules; those of an image in ascending order are found fastest. */
  units: ArrayLike<number>;
  /** The default stream of each module that has one here. */
  defaultStreams?: Readonly<Record<string, string>>;
}

/**
 * Makes a pool of an image, which may hold more than is asked for.
 *
 * @throws Error when a key is there twice, or a unit is not in the image.
 */
export function openPool(
  image: PoolImage,
  repositories: readonly OpenedRepository[],
): Pool {
  const draft = new PoolDraft();
  const { packages, modules } = recordsOf(image);
  draft.addRepository('');
  for (const record of packages) draft.addPackage('', record);
  for (const record of modules) draft.addModule('', record);
  for (const { key, units, defaultStreams } of repositories) {
    draft.addRepository(key, defaultStreams);
    for (let i = 0; i < units.length; i++) draft.addKnown(key, units[i]);
  }
  return draft.build();
}
