import {
  decompress,
  readModules,
  type ModulesDocument,
} from '@rpmportal/rpm-format';
import { createReadStream } from 'fs';
import { readdir } from 'fs/promises';
import type { Knex } from 'knex';
import { join } from 'path';
import { modulemdArtifacts } from '../../../content-units/modulemdArtifacts';
import { saveModulemdDocuments } from '../../../database/operations/content-units';
import { round } from '../statistics';

const MODULES_FILE = /\.ya?ml(\.(gz|xz|zst|bz2))?$/;
const MOST_BYTES = 1024 ** 3;

/** What became of the documents of one modules.yaml. */
export interface LoadedFile {
  file: string;
  /** Documents by kind. */
  documents: Record<string, number>;
  /** Units that are stored of them: the same document twice is one. */
  units: number;
  artifacts: number;
  /** Entries that name no package. */
  unreadableArtifacts: string[];
  /** One sentence for each document that is not taken. */
  refused: string[];
  seconds: number;
}

/**
 * Reads and stores the documents of every modules.yaml in a folder and those below it.
 *
 * @throws Error when there is none
 */
export async function loadDocuments(
  knex: Knex,
  folder: string,
): Promise<LoadedFile[]> {
  const files = (await readdir(folder, { recursive: true }))
    .filter(file => MODULES_FILE.test(file))
    .sort();
  if (!files.length) throw new Error(`${folder} has no modules.yaml`);
  const loaded: LoadedFile[] = [];
  for (const file of files) loaded.push(await load(knex, folder, file));
  return loaded;
}

async function load(
  knex: Knex,
  folder: string,
  file: string,
): Promise<LoadedFile> {
  const start = performance.now();
  const documents: ModulesDocument[] = [];
  const refused: string[] = [];
  const counts: Record<string, number> = {};
  const source = createReadStream(join(folder, file));
  for await (const document of readModules(
    decompress(source, { maxBytes: MOST_BYTES }),
  )) {
    counts[document.kind] = (counts[document.kind] ?? 0) + 1;
    if (document.kind === 'invalid') refused.push(document.message);
    else documents.push(document);
  }
  const ids = await saveModulemdDocuments(knex, documents);
  const artifacts = documents.flatMap(document =>
    document.kind === 'modulemd' ? modulemdArtifacts(document) : [],
  );
  return {
    file,
    documents: counts,
    units: new Set(ids).size,
    artifacts: artifacts.reduce((sum, { nevras }) => sum + nevras.length, 0),
    unreadableArtifacts: artifacts.flatMap(({ unreadable }) => unreadable),
    refused,
    seconds: round((performance.now() - start) / 1000),
  };
}
