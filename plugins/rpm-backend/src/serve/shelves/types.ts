import type { Content } from '../types';

/** A file by its path below a publication's root, and its size in bytes where it is known. */
export type ShelvedFile = [path: string, size: number | undefined];

/** Some of the files of a publication. Paths are relative to the publication's root. */
export interface Shelf {
  /** The file at a path, or undefined. */
  findFile(path: string): Promise<Content | undefined>;
  /**
   * The files below a folder, perhaps with others, in no order that matters; few when they are all in
   * one folder.
   *
   * @param folder - empty for the root
   */
  walk(folder: string): AsyncGenerator<ShelvedFile, void, undefined>;
}
