import type { Knex } from 'knex';
import { resolveVersion } from '../database/operations/versions';
import { parseReference } from '../identifiers';
import type { Visibility } from '../permissions/AccessControl';
import type { VersionRecord } from '../repository/versionTypes';
import { InvalidInputError } from '../validation';

/** Content of a version: all of it, or what it added or removed compared with the one before. */
export interface VersionScope {
  change: 'present' | 'added' | 'removed';
  version: Pick<VersionRecord, 'repositoryId' | 'number' | 'counts'>;
}

const CHANGE_BY_FILTER = {
  repository_version: 'present',
  repository_version_added: 'added',
  repository_version_removed: 'removed',
} as const;

export type VersionFilter = keyof typeof CHANGE_BY_FILTER;

/** The filters that name versions. */
export const VERSION_FILTERS = Object.keys(CHANGE_BY_FILTER) as VersionFilter[];

/**
 * Finds what a filter names. A version that the caller may not see is told as not found.
 *
 * @throws InvalidInputError naming the filter
 */
export async function resolveVersionScope(
  knex: Knex,
  filter: VersionFilter,
  reference: string,
  visible: Visibility,
): Promise<VersionScope> {
  const version = await requireVersionScope(knex, filter, reference, visible);
  return { change: CHANGE_BY_FILTER[filter], version };
}

/**
 * Finds the version that a field names, or the latest of the repository that it names.
 *
 * @throws InvalidInputError naming the field
 */
export async function requireVersionScope(
  knex: Knex,
  field: string,
  reference: string,
  visible: Visibility,
): Promise<VersionRecord> {
  const kind = parseReference(reference)?.kind;
  if (kind !== 'version' && kind !== 'repository') {
    throw InvalidInputError.field(field, `URI not valid: ${reference}.`);
  }
  const version = await resolveVersion(knex, reference, {
    withHidden: true,
  });
  if (!version || !isVisible(version, visible)) {
    throw InvalidInputError.field(
      field,
      `URI ${reference} not found for repositoryversion.`,
    );
  }
  return version;
}

function isVisible(version: VersionRecord, visible: Visibility): boolean {
  return visible === 'all' || visible.ids.includes(version.repositoryId);
}
