import type { Knex } from 'knex';
import { chunksOf } from '../database/chunks';
import {
  measureSolverPackages,
  packSolverPackages,
  readSolverModules,
} from '../database/operations/solving';
import { pause } from '../database/pause';
import type { Progress } from '../tasks/types';
import type { BuildBatch } from './jobTypes';
import { intersect, NO_UNITS, unite, without, type UnitSet } from './unitSets';
import type { Membership } from './VersionMemberships';

/** Read at a time; keeps each SQLite call short. */
const PACKAGES = 500;
const MODULES = 100;
/** Bytes read at a time, if that is more than one package; some 30 ms of SQLite. */
const BYTES = 6_000_000;

/**
 * Reads some packages and modules of versions from the tables.
 *
 * @param loading - counts them
 */
export async function* readUnits(
  knex: Knex,
  memberships: readonly Membership[],
  units: UnitSet,
  loading?: Progress,
): AsyncGenerator<BuildBatch, void, undefined> {
  const modules = intersect(
    units,
    memberships.reduce((all, of) => unite(all, of.modules), NO_UNITS),
  );
  for (const ids of chunksOf([...modules], MODULES)) {
    yield { kind: 'modules', rows: await readSolverModules(knex, ids) };
    loading?.advance(ids.length);
    await pause();
  }
  for (const ids of chunksOf([...without(units, modules)], PACKAGES)) {
    yield* readPackages(knex, ids, loading);
  }
}

/** In one piece, or in halves while that would be too much. */
async function* readPackages(
  knex: Knex,
  ids: readonly number[],
  loading: Progress | undefined,
): AsyncGenerator<BuildBatch, void, undefined> {
  if (ids.length > 1 && (await measureSolverPackages(knex, ids)) > BYTES) {
    const half = Math.ceil(ids.length / 2);
    yield* readPackages(knex, ids.slice(0, half), loading);
    yield* readPackages(knex, ids.slice(half), loading);
    return;
  }
  yield { kind: 'packages', packed: await packSolverPackages(knex, ids) };
  loading?.advance(ids.length);
  await pause();
}
