/** Digests that a file may be checked against. */
export type ChecksumType =
  | 'md5'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512';

/** What a file must be like; it is refused otherwise. */
export interface ExpectedFile {
  checksum?: { type: ChecksumType; value: string };
  /** Bytes. */
  size?: number;
  /** Names the file in errors: one a user knows, such as its URL. */
  name: string;
}

/** A stored file and its digests (hex). */
export interface Artifact {
  id: number;
  uuid: string;
  sha256: string;
  /** Bytes. */
  size: number;
  md5: string | undefined;
  sha1: string | undefined;
  sha224: string;
  sha384: string;
  sha512: string;
  createdAt: string;
}

/** What a file is: its size and all digests. */
export type FileFacts = Omit<Artifact, 'id' | 'uuid' | 'createdAt'>;

/** Files by digest. A file is there completely and verified, or not at all. */
export interface ArtifactStorage {
  /**
   * Takes in a stream: written beside, verified, then moved to its place and recorded. A file that
   * is there already is found, not stored twice.
   *
   * @throws ArtifactMismatchError when it is not what was expected
   */
  store(
    source: AsyncIterable<Uint8Array>,
    expected: ExpectedFile,
  ): Promise<Artifact>;
  /** Takes over a finished file from a work folder (moved away), with the same guarantees. */
  adopt(path: string, expected: ExpectedFile): Promise<Artifact>;
  /**
   * As `adopt`, for a file whose digests its writer has taken and whose bytes are on disk; it is not
   * read again.
   */
  keep(path: string, facts: FileFacts): Promise<Artifact>;
  /** Where the file of an artifact is, for reading. */
  pathOf(artifact: Pick<Artifact, 'sha256'>): string;
  /** Where the pieces of an upload are; on the same file system, shared by replicas, may be missing. */
  uploadFolder(uploadUuid: string): string;
  /** A folder for one task's temporary files, on the same file system. */
  workFolder(): Promise<WorkFolder>;
}

/** What the clean-up of orphans does with files whose record is deleted. */
export interface OrphanStorage {
  /**
   * Removes the files of these digests (SHA-256), but for those that have a record or get one
   * meanwhile.
   */
  removeUnrecorded(digests: readonly string[]): Promise<void>;
  /**
   * Removes all files that have no record, if they are older than a day.
   *
   * @returns how many
   */
  sweepUnrecorded(signal: AbortSignal): Promise<number>;
}

/** A temporary folder; removed with everything in it. */
export interface WorkFolder extends AsyncDisposable {
  readonly path: string;
}
