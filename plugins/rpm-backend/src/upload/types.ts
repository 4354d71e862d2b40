import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { DownloaderConfig } from '@rpmportal/backstage-plugin-rpm-common';
import type { ContentType } from '../identifiers';
import type { Visibility } from '../permissions/AccessControl';
import type { Artifact, FileFacts } from '../storage/types';
import type { TaskContext } from '../tasks/types';

/** A file that came with the request. */
export interface SentFile {
  readonly path: string;
  readonly fileName: string;
  readonly facts: FileFacts;
}

/** Where a file comes from: the request itself, an upload in pieces, the storage, or elsewhere. */
export type FileSource =
  | { file: SentFile }
  | { upload: string }
  | { artifact: string }
  | { fileUrl: string; downloaderConfig?: DownloaderConfig };

/** A stored file, and how to call it in sentences. */
export interface TakenFile {
  artifact: Artifact;
  name: string;
}

/** Makes stored files of whatever a request names. */
export interface ArtifactTaker {
  /**
   * @param options - `visible` is what the caller may see, `user` who that is
   * @throws InvalidInputError naming the field
   */
  take(
    source: FileSource,
    options: {
      visible: Visibility;
      user: string | undefined;
      signal?: AbortSignal;
    },
  ): Promise<TakenFile>;
}

/** What a unit is made of: its file, where it has one, and what else the request says. */
export interface UnitInput {
  /** Internal id of the stored file. */
  artifactId?: number;
  fileName?: string;
  /** JSON. */
  fields?: unknown;
}

/** A unit that was asked for. */
export interface CreatedUnit {
  unitId: number;
  /** False for one that was there already. */
  created: boolean;
}

/**
 * Makes the units of one content type, or finds those that exist. It runs in a task, or in a request
 * that waits for it; it leaves nothing but content-addressed units when it fails.
 *
 * @throws TaskError
 */
export type UnitCreator = (
  context: Pick<TaskContext, 'createdBy' | 'signal'>,
  input: UnitInput,
) => Promise<CreatedUnit>;

/**
 * Looks at what a unit is to be made of while the caller waits, so that what is wrong is told at once
 * and names the field.
 *
 * @param options - `field` is where the file came from, `visible` what the caller may see
 * @throws InvalidInputError
 */
export type UnitCheck = (
  input: UnitInput,
  options: { field: string; visible: Visibility },
) => Promise<void>;

/** What is looked at, for those content types whose units are not opened in a task alone. */
export type UnitChecks = Partial<Record<ContentType, UnitCheck>>;

/** Where new content goes. */
export interface Destination {
  /** Reference of the repository that it is added to. */
  repository?: string;
  /** Default true. */
  overwrite?: boolean;
  labels?: Record<string, string | null>;
  reason?: string;
}

/** A request for new content. */
export interface ContentRequest {
  source?: FileSource;
  /** What the request says besides the file, for the type's creator; JSON. */
  fields?: unknown;
  destination?: Destination;
}

/** Who asks, and when to give up. */
export interface CreationOptions {
  credentials: BackstageCredentials;
  correlationId?: string;
  signal?: AbortSignal;
  /** What the caller may see; everything when absent. */
  visible?: Visibility;
}

/** Creates content from what clients send. */
export interface ContentCreation {
  /**
   * Takes the file in and queues the task that makes the unit.
   *
   * @returns the task's UUID
   * @throws InvalidInputError
   */
  create(
    type: ContentType,
    request: ContentRequest,
    options: CreationOptions,
  ): Promise<string>;
  /**
   * Makes the unit at once, for no repository.
   *
   * @returns the unit's UUID
   * @throws InvalidInputError also when the file is unfit
   */
  createNow(
    type: ContentType,
    request: ContentRequest,
    options: CreationOptions,
  ): Promise<string>;
}
