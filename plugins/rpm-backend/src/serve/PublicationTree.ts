import type { Knex } from 'knex';
import * as publications from '../database/operations/publications';
import { fromTimestamp } from '../database/time';
import type { PublicationRecord } from '../publish';
import type { ListingEntry } from './renderListing';
import { MirrorShelf, PackageShelf, TreeShelf, type Shelf } from './shelves';
import { NOTHING_HERE, type Content } from './types';

/** The files of a publication as a tree: its metadata files, packages, and those of installers. */
export class PublicationTree {
  readonly #knex: Knex;
  readonly #publication: PublicationRecord;
  readonly #shelves: readonly Shelf[];

  constructor(options: { knex: Knex; publication: PublicationRecord }) {
    const { knex, publication } = options;
    this.#knex = knex;
    this.#publication = publication;
    const { id, repositoryId, version, layout } = publication;
    const content = { repositoryId, number: version.number };
    this.#shelves = [
      layout === 'mirror'
        ? new MirrorShelf({ knex, publicationId: id })
        : new PackageShelf({ knex, content, layout }),
      new TreeShelf({ knex, content, layout }),
    ];
  }

  /** @param path - relative to the publication's root */
  async findFile(path: string): Promise<Content> {
    const metadata = await publications.readPublicationFile(
      this.#knex,
      this.#publication.id,
      path,
    );
    if (metadata) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return { kind: 'stored', name, ...metadata };
    }
    for (const shelf of this.#shelves) {
      const found = await shelf.findFile(path);
      if (found) return found;
    }
    return NOTHING_HERE;
  }

  /**
   * What a folder holds; empty when there is no such folder.
   *
   * @param path - relative to the publication's root; the root itself is empty
   */
  async list(path: string): Promise<ListingEntry[]> {
    const entries = new Map<string, ListingEntry>();
    const prefix = path && `${path}/`;
    const date = fromTimestamp(this.#publication.createdAt);
    const add = (file: string, size: number | undefined) => {
      if (!file.startsWith(prefix)) return;
      const [name, ...below] = file.slice(prefix.length).split('/');
      entries.set(
        name,
        below.length
          ? { name, isFolder: true, date }
          : { name, isFolder: false, date, size },
      );
    };
    // Metadata last: what they say of a path is what is served there.
    for (const shelf of this.#shelves) {
      for await (const [file, size] of shelf.walk(path)) add(file, size);
    }
    for (const file of await this.#files()) add(file.path, file.size);
    return [...entries.values()];
  }

  /** Whether a path is that of a folder, found out at the least cost. */
  async hasFolder(path: string): Promise<boolean> {
    if (path === 'repodata') return true;
    const prefix = `${path}/`;
    const files = await this.#files();
    if (files.some(file => file.path.startsWith(prefix))) return true;
    for (const shelf of this.#shelves) {
      for await (const [file] of shelf.walk(path)) {
        if (file.startsWith(prefix)) return true;
      }
    }
    return false;
  }

  #files(): Promise<publications.PublicationFile[]> {
    return publications.listPublicationFiles(this.#knex, this.#publication.id);
  }
}
