import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
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

/** The filters that name versions. */
export const VERSION_FILTERS = Object.keys(CHANGE_BY_FILTER);

/**
 * Reads the filters that name versions. One that the caller may not see is told as not found.
 *
 * @throws InvalidInputError naming the filter
 */
export async function resolveVersionScopes(
  knex: Knex,
  filters: ListQuery,
  visible: Visibility,
): Promise<VersionScope[]> {
  const scopes: VersionScope[] = [];
  for (const [filter, change] of Object.entries(CHANGE_BY_FILTER)) {
    const reference = filters[filter];
    if (typeof reference === 'string') {
      const kind = parseReference(reference)?.kind;
      if (kind !== 'version' && kind !== 'repository') {
        throw InvalidInputError.field(filter, `URI not valid: ${reference}.`);
      }
      const version = await resolveVersion(knex, reference);
      if (!version || !isVisible(version, visible)) {
        throw InvalidInputError.field(
          filter,
          `URI ${reference} not found for repositoryversion.`,
        );
      }
      scopes.push({ change, version });
    }
  }
  return scopes;
}

function isVisible(version: VersionRecord, visible: Visibility): boolean {
  return visible === 'all' || visible.ids.includes(version.repositoryId);
}
