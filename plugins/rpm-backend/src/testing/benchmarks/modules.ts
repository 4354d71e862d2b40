import type { Knex } from 'knex';
import { basename, resolve } from 'path';
import { withEngines } from './engines';
import { loadDocuments } from './modules/loadDocuments';
import { measureMap, SIZES, type MapFigures } from './modules/measureMap';
import { openForWriting } from './openForWriting';
import { writeReport } from './report';

/** Bounds that must hold. */
const BUDGET = {
  backfillSeconds: 10,
  /** A package that a module names, until it is stored and mapped; the median. */
  packageMilliseconds: 50,
  longestPauseMilliseconds: 50,
};

interface EngineFigures extends MapFigures {
  engine: string;
}

/** @returns what does not hold, one sentence each */
function judge({ engine, ...figures }: EngineFigures): string[] {
  const { backfill, onePackage } = figures;
  return [
    backfill.seconds > BUDGET.backfillSeconds &&
      `the back-fill on ${engine} took ${backfill.seconds} s`,
    backfill.longestPause > BUDGET.longestPauseMilliseconds &&
      `the back-fill on ${engine} pauses ${backfill.longestPause} ms`,
    onePackage.median > BUDGET.packageMilliseconds &&
      `one package on ${engine} took ${onePackage.median} ms`,
  ].filter(text => text !== false);
}

async function withDatabase<T>(
  database: object,
  run: (knex: Knex) => Promise<T>,
): Promise<T> {
  const { knex, close } = await openForWriting(database);
  try {
    return await run(knex);
  } finally {
    await close();
  }
}

async function main(folders: string[]): Promise<void> {
  await withEngines(async engines => {
    const figures: EngineFigures[] = [];
    for (const { name, version, databaseOf } of engines) {
      const measured = await withDatabase(databaseOf('modules'), measureMap);
      figures.push({ engine: `${name} ${version}`, ...measured });
      console.log(figures.at(-1));
    }
    const documents = [];
    for (const [index, folder] of folders.entries()) {
      // What is read is the same on every engine.
      const loaded = await withDatabase(
        engines[0].databaseOf(`documents_${index}`),
        knex => loadDocuments(knex, resolve(folder)),
      );
      documents.push({ folder: basename(resolve(folder)), files: loaded });
      console.log(JSON.stringify(documents.at(-1), undefined, 2));
    }
    await writeReport('modules', {
      benchmark:
        'modules: the map of artifacts, and documents of the named folders',
      // Nothing else keeps such a map.
      peer: null,
      sizes: SIZES,
      budget: BUDGET,
      figures,
      documents,
      failures: figures.flatMap(judge),
    });
  });
}

main(process.argv.slice(2)).catch(error => {
  console.error(error);
  process.exitCode = 1;
});
