import { useState } from 'react';
import { useTable, type TableItem } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Publication,
  Repository,
  RepositoryVersion,
} from '@rpmportal/backstage-plugin-rpm-common';
import { rpmApiRef } from '../api';
import { usePageOptions } from './usePageOptions';

/** A version as a row of a table. */
export interface VersionRow extends TableItem {
  version: RepositoryVersion;
  /** The publications of this version that are checkpoints, newest first. */
  checkpoints: Publication[];
  isLatest: boolean;
}

/** A version has few checkpoints, so one request has those of a page of versions. */
const CHECKPOINTS = 100;

/** Pages through the versions of a repository, with what marks them. */
export function useVersions(repository: Repository) {
  const api = useApi(rpmApiRef);
  const [latest, setLatest] = useState<RepositoryVersion>();
  const { tableProps, reload } = useTable<VersionRow>({
    mode: 'offset',
    paginationOptions: usePageOptions('versions'),
    async getData({ offset, pageSize, signal }) {
      const { results, count } = await api.listVersions(repository, {
        limit: pageSize,
        offset,
        signal,
      });
      const checkpoints = await api.listCheckpoints(repository, {
        versions: results.map(({ pulp_href: href }) => href),
        limit: CHECKPOINTS,
        offset: 0,
        signal,
      });
      if (offset === 0) setLatest(results[0]);
      return {
        totalCount: count,
        data: results.map((version, index) => ({
          id: version.number,
          version,
          checkpoints: checkpoints.results.filter(
            ({ repository_version: href }) => href === version.pulp_href,
          ),
          isLatest: offset === 0 && index === 0,
        })),
      };
    },
  });
  return { tableProps, reload, latest };
}
