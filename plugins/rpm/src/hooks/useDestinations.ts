import { useAsyncList } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  permissionApiRef,
  type PermissionApi,
} from '@backstage/plugin-permission-react';
import {
  rpmRepositoryCopyPermission,
  type Repository,
} from '@rpmportal/backstage-plugin-rpm-common';
import { rpmApiRef, type RpmApi } from '../api';
import { resourceRefOf } from './hrefs';

const PORTION = 100;
/** What one look goes through to find repositories that the user may copy into. */
const LONGEST_LOOK = 1_000;

/** A repository as an option of a select. */
export interface DestinationOption {
  /** Href of the repository. */
  id: string;
  label: string;
  description?: string;
  repository: Repository;
}

/**
 * The repositories that the user may copy into, read as they are needed and narrowed by a part of
 * their name.
 *
 * @param except - href of a repository that is left out
 */
export function useDestinations(except: string | undefined) {
  const api = useApi(rpmApiRef);
  const permissions = useApi(permissionApiRef);
  return useAsyncList<DestinationOption, string>({
    async load({ cursor, filterText, signal }) {
      return findDestinations(api, permissions, {
        offset: Number(cursor ?? 0),
        name: filterText || undefined,
        except,
        signal,
      });
    },
  });
}

async function findDestinations(
  api: RpmApi,
  permissions: PermissionApi,
  from: {
    offset: number;
    name?: string;
    except: string | undefined;
    signal: AbortSignal;
  },
): Promise<{ items: DestinationOption[]; cursor?: string }> {
  const { name, except, signal } = from;
  const last = from.offset + LONGEST_LOOK;
  for (let offset = from.offset; ; offset += PORTION) {
    const page = await api.listRepositories({
      name,
      signal,
      offset,
      limit: PORTION,
    });
    const allowed = await filterAllowed(
      permissions,
      page.results.filter(({ pulp_href: href }) => href !== except),
    );
    const next = page.next ? offset + PORTION : undefined;
    if (allowed.length || next === undefined || next >= last) {
      return { items: allowed.map(toOption), cursor: next?.toString() };
    }
  }
}

/** The permissions of a portion are asked for together, so the portal sends one request. */
async function filterAllowed(
  permissions: PermissionApi,
  repositories: Repository[],
): Promise<Repository[]> {
  const decisions = await Promise.all(
    repositories.map(repository =>
      permissions.authorize({
        permission: rpmRepositoryCopyPermission,
        resourceRef: resourceRefOf(repository),
      }),
    ),
  );
  return repositories.filter(
    (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
  );
}

function toOption(repository: Repository): DestinationOption {
  return {
    id: repository.pulp_href,
    label: repository.name,
    description: repository.description ?? undefined,
    repository,
  };
}
