import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { rpmTranslationRef } from '../translations';

const PAGE_SIZES = [10, 25, 50];

/** How tables offer their pages, in the user's language. */
export function usePageOptions(
  what: 'versions' | 'checkpoints' | 'packages' | 'modules',
) {
  const { t } = useTranslationRef(rpmTranslationRef);
  return useMemo(
    () => ({
      pageSize: PAGE_SIZES[0],
      pageSizeOptions: PAGE_SIZES.map(value => ({
        value,
        label: t(`${what}.pageSize`, { number: String(value) }),
      })),
      getLabel({
        pageSize,
        offset = 0,
        totalCount = 0,
      }: {
        pageSize: number;
        offset?: number;
        totalCount?: number;
      }) {
        return t(`${what}.pageLabel`, {
          from: String(offset + 1),
          to: String(Math.min(offset + pageSize, totalCount)),
          total: String(totalCount),
        });
      },
    }),
    [t, what],
  );
}
