import type { Knex } from 'knex';
import * as publications from '../../database/operations/publications';
import { readPackageFile } from '../../database/operations/published-content';
import type { Content } from '../types';
import { packageContent } from './packageContent';
import type { Shelf, ShelvedFile } from './types';

/** The packages of a publication with a remote's own metadata, where the remote has them. */
export class MirrorShelf implements Shelf {
  readonly #knex: Knex;
  readonly #publicationId: number;

  constructor(options: { knex: Knex; publicationId: number }) {
    this.#knex = options.knex;
    this.#publicationId = options.publicationId;
  }

  async findFile(path: string): Promise<Content | undefined> {
    const unitId = await publications.readPublicationPackage(
      this.#knex,
      this.#publicationId,
      path,
    );
    if (unitId === undefined) return undefined;
    const file = await readPackageFile(this.#knex, unitId);
    const name = path.slice(path.lastIndexOf('/') + 1);
    return file && packageContent(this.#knex, file, name);
  }

  async *walk(folder: string): AsyncGenerator<ShelvedFile, void, undefined> {
    const windows = publications.iteratePublicationPackages(
      this.#knex,
      this.#publicationId,
      folder && `${folder}/`,
    );
    for await (const window of windows) {
      for (const { path, size } of window) yield [path, size];
    }
  }
}
