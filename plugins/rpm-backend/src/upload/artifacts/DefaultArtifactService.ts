import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  FILE_DIGESTS,
  type ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { ContentFilters } from '../../content-units/ContentFilters';
import {
  isArtifactUsed,
  readArtifact,
  touchArtifacts,
} from '../../database/operations/artifacts';
import {
  listVisibleArtifacts,
  readVisibleArtifact,
  recordArtifactUploader,
} from '../../database/operations/uploads';
import type { RowPage } from '../../database/pages';
import { resolveFilters } from '../../database/resolveFilters';
import { actorOf } from '../../identity/actor';
import type { Artifact, ArtifactStorage } from '../../storage/types';
import { InvalidInputError } from '../../validation';
import type { SentFile } from '../types';
import type {
  ArtifactCallOptions,
  ArtifactService,
  ExpectedFacts,
} from './types';

export class DefaultArtifactService implements ArtifactService {
  readonly #knex: Knex;
  readonly #storage: ArtifactStorage;
  readonly #filters: ContentFilters;

  constructor(options: {
    knex: Knex;
    storage: ArtifactStorage;
    filters: ContentFilters;
  }) {
    this.#knex = options.knex;
    this.#storage = options.storage;
    this.#filters = options.filters;
  }

  /** Who sends a file that is there already has shown its bytes, and sees it from then on. */
  async create(
    file: SentFile,
    expected: ExpectedFacts,
    { credentials }: ArtifactCallOptions,
  ): Promise<Artifact> {
    checkFacts(file, expected);
    const user = actorOf(credentials);
    const { sha256 } = file.facts;
    const known = await readArtifact(this.#knex, { sha256 });
    // Whoever is told of it will ask for it.
    const kept = known && (await touchArtifacts(this.#knex, [known.id]));
    if (known && kept?.size) {
      await recordArtifactUploader(this.#knex, known.id, user);
      throw InvalidInputError.general(
        `Artifact with sha256 checksum of '${sha256}' already exists.`,
      );
    }
    const artifact = await this.#storage.keep(file.path, file.facts);
    await recordArtifactUploader(this.#knex, artifact.id, user);
    return artifact;
  }

  async list(
    filters: ListQuery,
    { visible = 'all' }: ArtifactCallOptions,
  ): Promise<RowPage<Artifact>> {
    const resolved = await resolveFilters(
      filters,
      this.#filters.resolvers(visible),
    );
    return listVisibleArtifacts(this.#knex, resolved, visible);
  }

  async get(
    uuid: string,
    { visible = 'all' }: ArtifactCallOptions,
  ): Promise<Artifact> {
    const artifact = await readVisibleArtifact(this.#knex, uuid, visible);
    if (!artifact) {
      throw new NotFoundError('No Artifact matches the given query.');
    }
    return artifact;
  }

  async delete(uuid: string, options: ArtifactCallOptions): Promise<never> {
    const { id } = await this.get(uuid, options);
    if (await isArtifactUsed(this.#knex, id)) {
      throw new ConflictError('The artifact is in use.');
    }
    throw new NotAllowedError(
      'Artifacts are not deleted one by one; the clean-up of orphans removes what nothing uses.',
    );
  }
}

/** @throws InvalidInputError naming the fields in which the file is another one than announced */
function checkFacts({ facts }: SentFile, expected: ExpectedFacts): void {
  const wrong: Record<string, string[]> = {};
  for (const field of ['size', ...FILE_DIGESTS] as const) {
    const said = expected[field] ?? undefined;
    const wanted = typeof said === 'string' ? said.toLowerCase() : said;
    if (wanted !== undefined && wanted !== facts[field]) {
      wrong[field] = [
        `The file has ${field} ${
          facts[field] ?? 'unknown'
        } instead of ${said}.`,
      ];
    }
  }
  if (Object.keys(wrong).length) throw InvalidInputError.fields(wrong);
}
