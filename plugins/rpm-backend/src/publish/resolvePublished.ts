import type { PublicationInput } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import {
  readRepository,
  readRepositoryById,
} from '../database/operations/repositories';
import {
  readVersionById,
  resolveVersion,
} from '../database/operations/versions';
import { parseReference } from '../identifiers';
import type { RepositoryRecord } from '../repository/types';
import type { VersionRecord } from '../repository/versionTypes';
import { InvalidInputError } from '../validation';

const MISSING_LINK = 'Invalid hyperlink - Object does not exist.';
const NEEDED =
  "Either the 'repository' or 'repository_version' need to be specified";

/** The version to publish, and the repository that it is of. */
export interface Published {
  repository: RepositoryRecord;
  version: VersionRecord;
  /** The field of the input that named it. */
  field: 'repository' | 'repository_version';
}

/**
 * Finds what an input asks to publish: the version that it names, or the latest one of the
 * repository at this moment.
 *
 * @throws InvalidInputError
 */
export async function resolvePublished(
  knex: Knex,
  input: PublicationInput,
): Promise<Published> {
  const { repository: byRepository, repository_version: byVersion } = input;
  if (byRepository && byVersion) {
    throw InvalidInputError.general(`${NEEDED} but not both.`);
  }
  if (byRepository) {
    const reference = parseReference(byRepository);
    const repository =
      reference?.kind === 'repository'
        ? await readRepository(knex, reference.uuid)
        : undefined;
    const version =
      repository && (await readVersionById(knex, repository.latestVersion.id));
    if (!version) throw InvalidInputError.field('repository', MISSING_LINK);
    return { repository: repository!, version, field: 'repository' };
  }
  if (!byVersion) throw InvalidInputError.general(NEEDED);
  const version =
    parseReference(byVersion)?.kind === 'version'
      ? await resolveVersion(knex, byVersion)
      : undefined;
  const repository =
    version && (await readRepositoryById(knex, version.repositoryId));
  if (!repository) {
    throw InvalidInputError.field('repository_version', MISSING_LINK);
  }
  return { repository, version: version!, field: 'repository_version' };
}
