import type { Knex } from 'knex';
import { chunksOf } from '../../../database/chunks';
import {
  saveAdvisories,
  saveComps,
  saveModulemdDocuments,
  savePackages,
  unitHrefs,
} from '../../../database/operations/content-units';
import { hrefOf } from '../../../identifiers';
import { insertTestRepository, insertTestVersion } from '../../repositories';
import { openForWriting } from '../openForWriting';
import type { SyntheticContent } from './SyntheticContent';

/** How many units are made. */
export const SIZES = {
  /** Packages of the repository that the budgets speak of, and of those that it is compared with. */
  ordinary: 30_000,
  /** Packages of the large one. */
  large: 100_000,
  /** Units by which neighbours differ, and the most that a measured change adds or removes. */
  changed: 1_000,
  advisories: 3_000,
  modules: 300,
  groups: 100,
  versions: 500,
};

/** Packages made at a time; keeps memory bounded. */
const BATCH = 2_000;

/** What a populated database holds, by hrefs. */
export interface Populated {
  /** Repositories. */
  ordinary: string;
  large: string;
  /** As the ordinary one, with other builds of a thousand packages. */
  near: string;
  /** As the ordinary one, with newer releases of half of its packages. */
  updated: string;
  /** As many packages, all of other names. */
  foreign: string;
  /** Many versions. */
  long: string;
  /** Units that can be added to each. */
  additions: string[];
  /** Units that the ordinary and the large one hold. */
  held: string[];
  /** All units of the large one. */
  all: string[];
}

/** The numbers from one on up to another, which is left out. */
function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Fills an empty database through the operations that a sync uses. */
export async function populate(
  database: object,
  content: SyntheticContent,
): Promise<Populated> {
  const { knex, close } = await openForWriting(database);
  try {
    return await fill(knex, content);
  } finally {
    await close();
  }
}

async function fill(knex: Knex, content: SyntheticContent): Promise<Populated> {
  const { ordinary, large, changed, advisories, modules, groups } = SIZES;
  const save = async (
    indexes: readonly number[],
    generation?: number,
    build?: number,
  ) => {
    const ids: number[] = [];
    for (const chunk of chunksOf(indexes, BATCH)) {
      const packages = chunk.map(index =>
        content.package(index, generation, build),
      );
      ids.push(...(await savePackages(knex, packages)));
    }
    return ids;
  };
  const packages = await save(range(0, large));
  const others = [
    ...(await saveModulemdDocuments(
      knex,
      range(0, modules).map(index => content.modulemd(index)),
    )),
    ...(await saveComps(
      knex,
      range(0, groups).map(index => content.group(index)),
    )),
    ...(await saveAdvisories(
      knex,
      range(0, advisories).map(index => content.advisory(index)),
    )),
  ];
  const first = packages.slice(0, ordinary);
  const rebuilt = await save(range(0, changed), 1, 1);
  const half = ordinary / 2;
  const newer = await save(range(half, ordinary), 2);
  // New packages, rebuilt ones that take places, and advisories of which there is one already.
  const additions = [
    ...(await save(range(large, large + changed * 0.88))),
    ...(await save(range(changed, changed * 1.1), 1, 1)),
    ...(await saveAdvisories(
      knex,
      range(0, changed * 0.02).map(index => content.advisory(index, 2)),
    )),
  ];

  const make = async (name: string, ids: number[]) => {
    const repository = await insertTestRepository(knex, name);
    await insertTestVersion(knex, repository.id, { add: ids });
    return repository;
  };
  const hrefOfNew = async (name: string, ids: number[]) =>
    hrefOf('repository', (await make(name, ids)).uuid);
  const hrefsOf = async (ids: number[]) => {
    const hrefs = await unitHrefs(knex, ids);
    return ids.map(id => hrefs.get(id)!);
  };
  const long = await make('long', []);
  for (let number = 0; number < SIZES.versions - 2; number++) {
    await insertTestVersion(knex, long.id, { add: [packages[number]] });
  }
  return {
    ordinary: await hrefOfNew('ordinary', [...first, ...others]),
    large: await hrefOfNew('large', [...packages, ...others]),
    near: await hrefOfNew('near', [
      ...rebuilt,
      ...first.slice(changed),
      ...others,
    ]),
    updated: await hrefOfNew('updated', [
      ...first.slice(0, half),
      ...newer,
      ...others,
    ]),
    foreign: await hrefOfNew('foreign', [
      ...packages.slice(ordinary, 2 * ordinary),
      ...others,
    ]),
    long: hrefOf('repository', long.uuid),
    additions: await hrefsOf(additions),
    // Spread over all names, and some modules with them.
    held: await hrefsOf([
      ...others.slice(0, 10),
      ...first.filter((_, index) => index % 28 === 5),
    ]).then(hrefs => hrefs.slice(0, changed)),
    all: await hrefsOf([...packages, ...others]),
  };
}
