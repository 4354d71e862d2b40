import type { Knex } from 'knex';
import type { VersionContent } from '../../database/membership';
import {
  listTreeFiles,
  listTreeSources,
  readTree,
  readTreeFile,
  type VersionTree,
} from '../../database/operations/distribution-trees';
import type { PublicationRecord } from '../../publish';
import type { Content } from '../types';
import { PackageShelf } from './PackageShelf';
import type { Shelf, ShelvedFile } from './types';

/** A repository of a tree besides the main one. */
interface Part {
  /** Its folder, with a trailing slash. */
  prefix: string;
  shelf: Shelf;
}

/**
 * The files of a version's distribution tree, and the packages of its repositories besides the main
 * one, unless the publication says itself where those are.
 */
export class TreeShelf implements Shelf {
  readonly #knex: Knex;
  readonly #content: VersionContent;
  readonly #layout: PublicationRecord['layout'];
  #read: Promise<VersionTree | undefined> | undefined;

  constructor(options: {
    knex: Knex;
    content: VersionContent;
    layout: PublicationRecord['layout'];
  }) {
    this.#knex = options.knex;
    this.#content = options.content;
    this.#layout = options.layout;
  }

  async findFile(path: string): Promise<Content | undefined> {
    const tree = await this.#tree();
    if (!tree) return undefined;
    for (const { prefix, shelf } of this.#parts(tree)) {
      const found = path.startsWith(prefix)
        ? await shelf.findFile(path.slice(prefix.length))
        : undefined;
      if (found) return found;
    }
    return this.#findTreeFile(tree.unitId, path);
  }

  async *walk(folder: string): AsyncGenerator<ShelvedFile, void, undefined> {
    const tree = await this.#tree();
    if (!tree) return;
    for (const { path, stored } of await listTreeFiles(
      this.#knex,
      tree.unitId,
    )) {
      yield [path, stored?.size];
    }
    for (const { prefix, shelf } of this.#parts(tree)) {
      // From above, a part's folder is seen by its metadata.
      if (`${folder}/`.startsWith(prefix)) {
        for await (const [path, size] of shelf.walk(
          folder.slice(prefix.length),
        )) {
          yield [`${prefix}${path}`, size];
        }
      }
    }
  }

  #tree(): Promise<VersionTree | undefined> {
    this.#read ??= readTree(this.#knex, this.#content);
    return this.#read;
  }

  #parts({ repositories }: VersionTree): Part[] {
    const layout = this.#layout;
    if (layout === 'mirror') return [];
    return repositories.map(({ path, content }) => ({
      prefix: `${path}/`,
      shelf: new PackageShelf({ knex: this.#knex, content, layout }),
    }));
  }

  async #findTreeFile(
    unitId: number,
    path: string,
  ): Promise<Content | undefined> {
    const file = await readTreeFile(this.#knex, unitId, path);
    if (!file) return undefined;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const { stored, checksum } = file;
    if (stored) return { kind: 'stored', name, ...stored };
    const sources = await listTreeSources(this.#knex, unitId, path);
    if (!sources.length || !checksum) {
      return { kind: 'missing', reason: `No file of ${path} is known.` };
    }
    return {
      kind: 'remote',
      name,
      unitId,
      treePath: path,
      size: undefined,
      checksum,
      sources,
    };
  }
}
