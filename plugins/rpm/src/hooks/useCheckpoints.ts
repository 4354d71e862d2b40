import { useState } from 'react';
import { useTable, type TableItem } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Publication,
  Repository,
} from '@rpmportal/backstage-plugin-rpm-common';
import { rpmApiRef } from '../api';
import { usePageOptions } from './usePageOptions';

/** A checkpoint as a row of a table. */
export interface CheckpointRow extends TableItem {
  publication: Publication;
}

/** Pages through the checkpoints of a repository. */
export function useCheckpoints(repository: Repository) {
  const api = useApi(rpmApiRef);
  const [newest, setNewest] = useState<Publication>();
  const { tableProps, reload } = useTable<CheckpointRow>({
    mode: 'offset',
    paginationOptions: usePageOptions('checkpoints'),
    async getData({ offset, pageSize, signal }) {
      const { results, count } = await api.listCheckpoints(repository, {
        limit: pageSize,
        offset,
        signal,
      });
      if (offset === 0) setNewest(results[0]);
      return {
        totalCount: count,
        data: results.map(publication => ({
          id: publication.pulp_href,
          publication,
        })),
      };
    },
  });
  return { tableProps, reload, newest };
}
