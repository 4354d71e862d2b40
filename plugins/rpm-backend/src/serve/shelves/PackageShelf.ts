import type { Layout } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { VersionContent } from '../../database/membership';
import * as contents from '../../database/operations/published-content';
import {
  canBePackageFolder,
  fileNameOfPath,
  packageAt,
  packagePath,
} from '../../publish';
import type { Content } from '../types';
import { packageContent } from './packageContent';
import type { Shelf, ShelvedFile } from './types';

/** The packages of a version, where a layout puts them. */
export class PackageShelf implements Shelf {
  readonly #knex: Knex;
  readonly #content: VersionContent;
  readonly #layout: Layout;

  constructor(options: {
    knex: Knex;
    content: VersionContent;
    layout: Layout;
  }) {
    this.#knex = options.knex;
    this.#content = options.content;
    this.#layout = options.layout;
  }

  async findFile(path: string): Promise<Content | undefined> {
    const fileName = fileNameOfPath(path, this.#layout);
    if (fileName === undefined) return undefined;
    const candidates = await contents.findPackageFiles(
      this.#knex,
      this.#content,
      fileName,
    );
    const file = packageAt(path, candidates, this.#layout);
    return file && packageContent(this.#knex, file, file.fileName);
  }

  async *walk(folder: string): AsyncGenerator<ShelvedFile, void, undefined> {
    if (folder && !canBePackageFolder(folder, this.#layout)) return;
    const windows = contents.iteratePackageFiles(this.#knex, this.#content);
    for await (const window of windows) {
      for (const file of window) {
        yield [packagePath(file, this.#layout), file.size];
        // All of them are in one folder.
        if (!folder) return;
      }
    }
  }
}
