import { setImmediate } from 'node:timers/promises';
import { TextChunks, decodeChunks } from '../xml';
import { InvalidModulesDocument, ModulesDocument } from './ModulesDocument';
import { parseModulesDocument } from './parseModulesDocument';
import { ModulesSplitter } from './splitModules';

/**
 * Reads modules.yaml, yielding each document on its own, in the file's order.
 *
 * @remarks
 * A document that cannot be used is yielded as `invalid` with the reason; the rest goes on. The same
 * document may occur more than once.
 *
 * @throws RepodataError only when a document is longer than any real one.
 */
export async function* readModules(
  chunks: TextChunks,
): AsyncGenerator<ModulesDocument | InvalidModulesDocument> {
  const splitter = new ModulesSplitter();
  let position = 0;
  for await (const text of decodeChunks('modules', chunks)) {
    for (const snippet of splitter.push(text)) {
      yield parseModulesDocument(snippet, ++position);
    }
    await setImmediate();
  }
  for (const snippet of splitter.end()) {
    yield parseModulesDocument(snippet, ++position);
  }
}
