import type { Knex } from 'knex';
import { touchArtifacts } from '../database/operations/artifacts';
import {
  readUpload,
  readVisibleArtifact,
  recordArtifactUploader,
} from '../database/operations/uploads';
import type { OpenRemote } from '../download';
import { parseReference } from '../identifiers';
import type { Visibility } from '../permissions/AccessControl';
import type { RemotePolicy } from '../remote';
import type { ArtifactStorage } from '../storage/types';
import { TaskError } from '../tasks/errors';
import { InvalidInputError } from '../validation';
import type { UploadFiles } from './chunks';
import { fetchFileUrl } from './fetchFileUrl';
import type { ArtifactTaker, FileSource, TakenFile } from './types';

interface TakeOptions {
  visible: Visibility;
  user: string | undefined;
  signal?: AbortSignal;
}

const MISSING = 'Invalid hyperlink - Object does not exist.';

/** @throws InvalidInputError naming the field unless the reference is one of the kind */
function uuidOf(field: 'artifact' | 'upload', reference: string): string {
  const named = parseReference(reference);
  if (named?.kind !== field) throw InvalidInputError.field(field, MISSING);
  return named.uuid;
}

/** Stores files; whoever sends one, or tells where it is, is remembered as having shown it. */
export class DefaultArtifactTaker implements ArtifactTaker {
  readonly #knex: Knex;
  readonly #storage: ArtifactStorage;
  readonly #uploads: UploadFiles;
  readonly #openRemote: OpenRemote;
  readonly #policy: RemotePolicy;
  readonly #maxSize: number;

  /** @param options - `maxSize` of a file that is fetched, in bytes */
  constructor(options: {
    knex: Knex;
    storage: ArtifactStorage;
    uploads: UploadFiles;
    openRemote: OpenRemote;
    policy: RemotePolicy;
    maxSize: number;
  }) {
    this.#knex = options.knex;
    this.#storage = options.storage;
    this.#uploads = options.uploads;
    this.#openRemote = options.openRemote;
    this.#policy = options.policy;
    this.#maxSize = options.maxSize;
  }

  async take(source: FileSource, options: TakeOptions): Promise<TakenFile> {
    const taken = await this.#take(source, options);
    await recordArtifactUploader(this.#knex, taken.artifact.id, options.user);
    return taken;
  }

  async #take(source: FileSource, options: TakeOptions): Promise<TakenFile> {
    if ('file' in source) {
      const { path, facts, fileName } = source.file;
      const artifact = await this.#storage.keep(path, facts);
      return { artifact, name: fileName };
    }
    if ('artifact' in source) return this.#find(source.artifact, options);
    if ('upload' in source) return this.#assemble(source.upload, options);
    return fetchFileUrl(source.fileUrl, source.downloaderConfig ?? {}, {
      storage: this.#storage,
      openRemote: this.#openRemote,
      policy: this.#policy,
      maxSize: this.#maxSize,
      signal: options.signal,
    });
  }

  async #find(reference: string, { visible }: TakeOptions): Promise<TakenFile> {
    const uuid = uuidOf('artifact', reference);
    const artifact = await readVisibleArtifact(this.#knex, uuid, visible);
    const kept = artifact && (await touchArtifacts(this.#knex, [artifact.id]));
    if (!kept?.size) throw InvalidInputError.field('artifact', MISSING);
    return { artifact: artifact!, name: `artifact ${uuid}` };
  }

  /** An upload is used up by what is made of it. */
  async #assemble(
    reference: string,
    { user, signal }: TakeOptions,
  ): Promise<TakenFile> {
    const uuid = uuidOf('upload', reference);
    const name = `upload ${uuid}`;
    const upload = await readUpload(this.#knex, { uuid }, { owner: { user } });
    if (!upload) throw InvalidInputError.field('upload', MISSING);
    try {
      const artifact = await this.#uploads.assemble(upload, { name, signal });
      await this.#uploads.remove(upload);
      return { artifact, name };
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      throw InvalidInputError.field('upload', error.message);
    }
  }
}
