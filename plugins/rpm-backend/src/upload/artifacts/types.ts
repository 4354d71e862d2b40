import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { RowPage } from '../../database/pages';
import type { Visibility } from '../../permissions/AccessControl';
import type { Artifact, ChecksumType } from '../../storage/types';
import type { SentFile } from '../types';

/** What a file must be like, by what its sender says; null and undefined say nothing. */
export type ExpectedFacts = Partial<
  Record<ChecksumType, string | null> & { size: number | null }
>;

export interface ArtifactCallOptions {
  credentials: BackstageCredentials;
  /** What the caller may see; everything when absent. */
  visible?: Visibility;
}

/** Stored files, as clients send and see them. */
export interface ArtifactService {
  /** @throws InvalidInputError when it is not as expected, or stored already */
  create(
    file: SentFile,
    expected: ExpectedFacts,
    options: ArtifactCallOptions,
  ): Promise<Artifact>;
  /** @throws InvalidInputError */
  list(
    filters: ListQuery,
    options: ArtifactCallOptions,
  ): Promise<RowPage<Artifact>>;
  /** @throws NotFoundError */
  get(uuid: string, options: ArtifactCallOptions): Promise<Artifact>;
  /**
   * Always refused: files are cleaned up when nothing uses them.
   *
   * @throws NotFoundError, ConflictError when something uses it, NotAllowedError
   */
  delete(uuid: string, options: ArtifactCallOptions): Promise<never>;
}
