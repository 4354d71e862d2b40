import type { DistributionInput } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { readPublication } from '../database/operations/publications';
import { readRepository } from '../database/operations/repositories';
import { resolveVersion } from '../database/operations/versions';
import { parseReference } from '../identifiers';
import { InvalidInputError } from '../validation';
import type { DistributionFields } from './types';

export const MISSING_LINK = 'Invalid hyperlink - Object does not exist.';

function notFound(field: string): InvalidInputError {
  return InvalidInputError.field(field, MISSING_LINK);
}

/**
 * The internal ids of what a distribution shall point at.
 *
 * @throws InvalidInputError naming the field whose reference leads nowhere
 */
export async function resolveTargets(
  knex: Knex,
  input: DistributionInput,
): Promise<
  Pick<DistributionFields, 'repositoryId' | 'versionId' | 'publicationId'>
> {
  const targets: Awaited<ReturnType<typeof resolveTargets>> = {
    repositoryId: undefined,
    versionId: undefined,
    publicationId: undefined,
  };
  if (input.repository) {
    const reference = parseReference(input.repository);
    const repository =
      reference?.kind === 'repository'
        ? await readRepository(knex, reference.uuid)
        : undefined;
    if (!repository) throw notFound('repository');
    targets.repositoryId = repository.id;
  }
  if (input.repository_version) {
    const reference = parseReference(input.repository_version);
    const version =
      reference?.kind === 'version'
        ? await resolveVersion(knex, input.repository_version)
        : undefined;
    if (!version) throw notFound('repository_version');
    targets.versionId = version.id;
  }
  if (input.publication) {
    const reference = parseReference(input.publication);
    const publication =
      reference?.kind === 'publication'
        ? await readPublication(knex, reference.uuid)
        : undefined;
    if (!publication?.complete) throw notFound('publication');
    targets.publicationId = publication.id;
  }
  return targets;
}
