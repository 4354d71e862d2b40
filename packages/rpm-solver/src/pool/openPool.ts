import { ImageColumns } from '../image/ImageColumns';
import type { PoolImage } from '../image/PoolImage';
import { findAscending } from './findAscending';
import { Pool, type PoolRepository } from './Pool';
import { PoolMemory } from './PoolMemory';

/** What one repository version holds of an image. */
export interface OpenedRepository {
  /** How requests name this repository version. */
  key: string;
  /** Its packages and modules; ascending ones are found fastest. */
  units: ArrayLike<number>;
  /** The default stream of each module that has one here. */
  defaultStreams?: Readonly<Record<string, string>>;
}

const memories = new WeakMap<Uint8Array, PoolMemory>();

/**
 * Makes a pool of an image, which may hold more than is asked for. Takes a few milliseconds for 50,000
 * packages; pools on the same image share what they find out about it.
 *
 * @throws Error when a key is there twice, or a unit is not in the image.
 */
export function openPool(
  image: PoolImage,
  repositories: readonly OpenedRepository[],
): Pool {
  let memory = memories.get(image.bytes);
  if (!memory) {
    memory = new PoolMemory(new ImageColumns(image));
    memories.set(image.bytes, memory);
  }
  const opened = new Map<string, PoolRepository>();
  for (const repository of repositories) {
    const { key, defaultStreams = {} } = repository;
    if (opened.has(key)) {
      throw new Error(`Repository '${key}' was added before`);
    }
    opened.set(key, {
      key,
      ...findMembers(memory.columns, repository),
      defaultStreams: new Map(Object.entries(defaultStreams)),
    });
  }
  return new Pool(memory, opened);
}

function findMembers(
  { units, moduleUnits }: ImageColumns,
  repository: OpenedRepository,
): Pick<PoolRepository, 'packages' | 'modules'> {
  const packages = new Uint8Array(units.length);
  const modules = new Uint8Array(moduleUnits.length);
  let next = 0;
  for (let i = 0; i < repository.units.length; i++) {
    const unit = repository.units[i];
    // Mostly the one behind the last.
    const id = units[next] === unit ? next : findAscending(units, unit);
    if (id !== undefined) {
      packages[id] = 1;
      next = id + 1;
      continue;
    }
    const moduleId = findAscending(moduleUnits, unit);
    if (moduleId === undefined) {
      throw new Error(
        `Unit ${unit} of repository '${repository.key}' is not in the image`,
      );
    }
    modules[moduleId] = 1;
  }
  return { packages, modules };
}
