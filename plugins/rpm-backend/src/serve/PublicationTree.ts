import type { Knex } from 'knex';
import * as publications from '../database/operations/publications';
import * as contents from '../database/operations/published-content';
import type { VersionContent } from '../database/membership';
import { fromTimestamp } from '../database/time';
import {
  canBePackageFolder,
  fileNameOfPath,
  packageAt,
  packagePath,
  type PublicationRecord,
} from '../publish';
import type { ChecksumType } from '../storage';
import type { ListingEntry } from './renderListing';
import { NOTHING_HERE, type Content } from './types';

/** The files of a publication as a tree: its metadata files, and packages by its layout. */
export class PublicationTree {
  readonly #knex: Knex;
  readonly #publication: PublicationRecord;

  constructor(options: { knex: Knex; publication: PublicationRecord }) {
    this.#knex = options.knex;
    this.#publication = options.publication;
  }

  /** @param path - relative to the publication's root */
  async findFile(path: string): Promise<Content> {
    const { id, layout } = this.#publication;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const metadata = await publications.readPublicationFile(
      this.#knex,
      id,
      path,
    );
    if (metadata) {
      return { kind: 'stored', name, ...metadata };
    }
    const fileName = fileNameOfPath(path, layout);
    if (fileName === undefined) return NOTHING_HERE;
    const candidates = await contents.findPackageFiles(
      this.#knex,
      this.#content,
      fileName,
    );
    const file = packageAt(path, candidates, layout);
    return file ? this.#packageContent(file) : NOTHING_HERE;
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
    const add = (file: string, size: number) => {
      if (!file.startsWith(prefix)) return;
      const [name, ...below] = file.slice(prefix.length).split('/');
      entries.set(
        name,
        below.length
          ? { name, isFolder: true, date }
          : { name, isFolder: false, date, size },
      );
    };
    const files = await publications.listPublicationFiles(
      this.#knex,
      this.#publication.id,
    );
    for (const file of files) add(file.path, file.size);
    const { layout } = this.#publication;
    if (!path || canBePackageFolder(path, layout)) {
      for await (const [file, size] of this.#packages()) {
        add(file, size);
        // All of them are in one folder.
        if (!path) break;
      }
    }
    return [...entries.values()];
  }

  /** Whether a path is that of a folder, found out at the least cost. */
  async hasFolder(path: string): Promise<boolean> {
    if (path === 'repodata') return true;
    if (!canBePackageFolder(path, this.#publication.layout)) return false;
    for await (const [file] of this.#packages()) {
      if (file.startsWith(`${path}/`)) return true;
    }
    return false;
  }

  get #content(): VersionContent {
    const { repositoryId, version } = this.#publication;
    return { repositoryId, number: version.number };
  }

  /** Path and size of every package, in no order that matters. */
  async *#packages(): AsyncGenerator<[string, number]> {
    const { layout } = this.#publication;
    const windows = contents.iteratePackageFiles(this.#knex, this.#content);
    for await (const window of windows) {
      for (const file of window) yield [packagePath(file, layout), file.size];
    }
  }

  async #packageContent(file: contents.PackageFile): Promise<Content> {
    const { unitId, fileName: name } = file;
    const stored = await contents.readStoredFile(this.#knex, unitId);
    if (stored) return { kind: 'stored', name, ...stored };
    const sources = await contents.listRemoteSources(this.#knex, unitId);
    if (!sources.length) {
      return { kind: 'missing', reason: `No file of ${name} is known.` };
    }
    return {
      kind: 'remote',
      name,
      unitId,
      size: file.size,
      checksum: { type: file.checksumType as ChecksumType, value: file.pkgId },
      sources,
    };
  }
}
