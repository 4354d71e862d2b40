import type { ModulemdDocument } from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import type { Knex } from 'knex';
import { chunksOf } from '../../../database/chunks';
import { readPending } from '../../../database/operations/artifact-map';
import {
  saveModulemdDocuments,
  savePackages,
} from '../../../database/operations/content-units';
import { mapPending } from '../../../modulemd-map';
import { SyntheticContent } from '../repository/SyntheticContent';
import { round, summarize, type Summary } from '../statistics';
import { PauseMeter } from './PauseMeter';

const SEED = 20_261_121;

/** How much is stored when it is measured. */
export const SIZES = {
  packages: 30_000,
  modules: 736,
  /** Artifacts of each module that are there, and as many that are not: of other machines. */
  artifacts: 40,
};

const BACKFILLS = 5;
const UPLOADS = 50;

/** Packages saved at a time; keeps memory bounded. */
const BATCH = 2_000;

export interface MapFigures {
  rows: number;
  /** Median of several. */
  backfill: { runs: number; seconds: number; longestPause: number };
  /** Milliseconds for a new package that a module names, committed and mapped. */
  onePackage: Summary;
  /** The same for one that no module names. */
  plainPackage: Summary;
  /** Milliseconds for a new module, of which all artifacts are there. */
  oneModule: Summary;
}

/** Fills an empty database and measures what the map costs in it. */
export async function measureMap(knex: Knex): Promise<MapFigures> {
  const content = new SyntheticContent(SEED);
  const range = (length: number, from = 0) =>
    Array.from({ length }, (_, index) => from + index);
  for (const chunk of chunksOf(range(SIZES.packages), BATCH)) {
    await savePackages(
      knex,
      chunk.map(index => content.package(index)),
    );
  }
  const moduleIds = await saveModulemdDocuments(
    knex,
    range(SIZES.modules).map(index => moduleOf(content, index)),
  );
  const rows = await countRows(knex);
  const backfill = await measureBackfill(knex, moduleIds);
  if ((await countRows(knex)) !== rows) {
    throw new Error('The back-fill finds other rows than those that were made');
  }

  // Each module names packages of the second generation that are not there.
  const onePackage = await measureEach(UPLOADS, index =>
    savePackages(knex, [content.package(index * SIZES.artifacts, 2)]),
  );
  if ((await countRows(knex)) !== rows + UPLOADS) {
    throw new Error('New packages are not mapped');
  }
  const plainPackage = await measureEach(UPLOADS, index =>
    savePackages(knex, [content.package(SIZES.packages + index)]),
  );
  const oneModule = await measureEach(UPLOADS, index =>
    saveModulemdDocuments(knex, [
      moduleOf(content, index, `${SIZES.modules + index}`),
    ]),
  );
  return { rows, backfill, onePackage, plainPackage, oneModule };
}

/** A module of neighbouring packages; some of them are in other modules as well. */
function moduleOf(
  content: SyntheticContent,
  index: number,
  name = `${index}`,
): ModulemdDocument {
  const artifacts = Array.from({ length: SIZES.artifacts }, (_, at) =>
    [1, 2].map(generation => {
      const of = (index * SIZES.artifacts + at) % SIZES.packages;
      const pkg = content.package(of, generation);
      return `${pkg.name}-0:${pkg.version}-${pkg.release}.${pkg.arch}`;
    }),
  ).flat();
  const snippet = `# module ${name}\n${artifacts.join('\n')}\n`;
  return {
    ...content.modulemd(index),
    name: `module-${name}`,
    artifacts,
    snippet,
    digest: createHash('sha256').update(snippet).digest('hex'),
  };
}

/** Does several times what follows the migration of a database without a map. */
async function measureBackfill(
  knex: Knex,
  moduleIds: readonly number[],
): Promise<MapFigures['backfill']> {
  const seconds: number[] = [];
  const pauses = new PauseMeter();
  for (let run = 0; run < BACKFILLS; run += 1) {
    await knex('modulemd_artifact_map').delete();
    for (const chunk of chunksOf(moduleIds)) {
      await knex('modulemd_map_pending').insert(
        chunk.map(id => ({ unit_id: id })),
      );
    }
    pauses.start();
    const start = performance.now();
    await mapPending(knex);
    seconds.push((performance.now() - start) / 1000);
    pauses.stop();
    if ((await readPending(knex)).count) throw new Error('Some are left');
  }
  seconds.sort((a, b) => a - b);
  return {
    runs: BACKFILLS,
    seconds: round(seconds[Math.floor(BACKFILLS / 2)]),
    longestPause: round(pauses.longest, 0),
  };
}

async function measureEach(
  runs: number,
  run: (index: number) => Promise<unknown>,
): Promise<Summary> {
  const milliseconds: number[] = [];
  for (let index = 0; index < runs; index += 1) {
    const start = performance.now();
    await run(index);
    milliseconds.push(performance.now() - start);
  }
  return summarize(milliseconds);
}

async function countRows(knex: Knex): Promise<number> {
  const row = await knex('modulemd_artifact_map').count({ count: '*' }).first();
  return Number(row!.count);
}
