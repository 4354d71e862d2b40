import { useApi } from '@backstage/core-plugin-api';
import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { rpmApiRef } from '../api';

/** Reads all distributions of a repository. */
export function useDistributions(repository: Repository) {
  const api = useApi(rpmApiRef);
  return useAsyncRetry(
    () => api.listDistributions(repository),
    [api, repository],
  );
}
