import type { RemoteSource } from '../database/operations/published-content';
import type { ChecksumType } from '../storage';
import type { ListingEntry } from './renderListing';
import type { RequestPath } from './requestPath';

/** A file whose bytes are in the storage. */
export interface StoredContent {
  kind: 'stored';
  name: string;
  /** Hex. */
  sha256: string;
  /** Bytes. */
  size: number;
}

/** A file that has to be fetched first. */
export interface RemoteContent {
  kind: 'remote';
  name: string;
  unitId: number;
  /** Which file of a tree it is; undefined for the file of a package. */
  treePath: string | undefined;
  /** Bytes; undefined when nobody has told. */
  size: number | undefined;
  checksum: { type: ChecksumType; value: string };
  sources: readonly RemoteSource[];
}

/** What a path leads to. */
export type Content =
  | StoredContent
  | RemoteContent
  | { kind: 'folder'; entries: readonly ListingEntry[] }
  /** A small file that is made when asked for. */
  | { kind: 'text'; name: string; text: string }
  /** Somewhere else: for good, or as things stand now. */
  | { kind: 'redirect'; to: RequestPath; isPermanent: boolean }
  | { kind: 'missing'; reason: string };

export const NOTHING_HERE: Content = {
  kind: 'missing',
  reason: 'There is nothing at this path.',
};
