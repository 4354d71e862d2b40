import { useMemo } from 'react';
import {
  Cell,
  Flex,
  SearchField,
  Table,
  Text,
  type ColumnConfig,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  choosePackages,
  usePackages,
  type CopyChoice,
  type PackageRow,
} from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { LoadFailure } from '../LoadFailure';
import styles from './CopyDialog.module.css';

/** Offers the packages of a version, to be searched and chosen. */
export function PackagePicker(props: {
  /** Href of the version. */
  version: string;
  chosen: CopyChoice['packages'];
  onChange: (chosen: CopyChoice['packages']) => void;
}) {
  const { version, chosen, onChange } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { tableProps, search, reload } = usePackages(version);

  const columns = useMemo<ColumnConfig<PackageRow>[]>(
    () => [
      {
        id: 'name',
        label: t('packages.name'),
        isRowHeader: true,
        width: '2fr',
        minWidth: 160,
        cell: ({ unit }) => <Cell className={styles.wrapped}>{unit.name}</Cell>,
      },
      {
        id: 'version',
        label: t('packages.version'),
        isRowHeader: true,
        width: '2fr',
        minWidth: 140,
        cell: ({ unit: { epoch, version: number, release } }) => (
          <Cell className={styles.wrapped}>
            {epoch !== '0' && `${epoch}:`}
            {number}-{release}
          </Cell>
        ),
      },
      {
        id: 'arch',
        label: t('packages.arch'),
        isRowHeader: true,
        width: 128,
        cell: ({ unit }) => <Cell>{unit.arch}</Cell>,
      },
      {
        id: 'summary',
        label: t('packages.summary'),
        width: '4fr',
        cell: ({ unit }) => (
          <Cell className={styles.wrapped}>{unit.summary}</Cell>
        ),
      },
    ],
    [t],
  );
  const selected = useMemo(() => new Set(chosen.keys()), [chosen]);

  return (
    <Flex direction="column" gap="2">
      <SearchField
        label={t('packages.search')}
        placeholder={t('packages.searchHint')}
        size="small"
        {...search}
      />
      {tableProps.error ? (
        <LoadFailure
          title={t('failure.packages')}
          error={tableProps.error}
          onRetry={reload}
        />
      ) : (
        <Table
          {...tableProps}
          columnConfig={columns}
          selection={{
            mode: 'multiple',
            behavior: 'toggle',
            selected,
            onSelectionChange: keys =>
              onChange(
                choosePackages(
                  chosen,
                  (tableProps.data ?? []).map(({ unit }) => unit),
                  keys,
                ),
              ),
          }}
          emptyState={
            <Text>
              {t(search.value ? 'packages.noMatch' : 'packages.none')}
            </Text>
          }
        />
      )}
    </Flex>
  );
}
