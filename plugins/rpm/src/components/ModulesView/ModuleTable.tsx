import { useMemo } from 'react';
import {
  Badge,
  Cell,
  Flex,
  Link,
  SearchField,
  Table,
  Text,
  type ColumnConfig,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  completenessOf,
  streamNameOf,
  unitIdOf,
  useModuleAddress,
  useModules,
  type ModuleRow,
} from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { LoadFailure } from '../LoadFailure';
import { CompletenessMark } from './CompletenessMark';
import styles from './ModulesView.module.css';

/** The modules of a version by name and stream, each with how much of it is there. */
export function ModuleTable(props: {
  /** Href of the version. */
  version: string;
}) {
  const { version } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { tableProps, search, reload } = useModules(version);

  const columns = useMemo<ColumnConfig<ModuleRow>[]>(
    () => [
      {
        id: 'stream',
        label: t('modules.stream'),
        isRowHeader: true,
        width: '3fr',
        minWidth: 220,
        cell: row => (
          <Cell className={styles.cell}>
            <StreamCell row={row} />
          </Cell>
        ),
      },
      {
        id: 'version',
        label: t('packages.version'),
        width: 164,
        cell: ({ unit }) => (
          <Cell className={styles.cell}>
            <Flex direction="column" gap="1">
              <Text>{unit.version}</Text>
              <Text variant="body-small" color="secondary">
                {unit.context}
              </Text>
            </Flex>
          </Cell>
        ),
      },
      {
        id: 'arch',
        label: t('packages.arch'),
        width: 148,
        cell: ({ unit }) => <Cell className={styles.cell}>{unit.arch}</Cell>,
      },
      {
        id: 'artifacts',
        label: t('modules.artifacts'),
        width: '1fr',
        minWidth: 168,
        cell: ({ unit }) => (
          <Cell className={styles.cell}>
            <CompletenessMark value={completenessOf(unit)} />
          </Cell>
        ),
      },
    ],
    [t],
  );

  return (
    <Flex direction="column" gap="3">
      <SearchField
        label={t('modules.search')}
        placeholder={t('packages.searchHint')}
        size="small"
        {...search}
      />
      {tableProps.error ? (
        <LoadFailure
          title={t('failure.modules')}
          error={tableProps.error}
          onRetry={reload}
        />
      ) : (
        <Table
          {...tableProps}
          columnConfig={columns}
          emptyState={
            <Text>{t(search.value ? 'modules.noMatch' : 'modules.none')}</Text>
          }
        />
      )}
    </Flex>
  );
}

function StreamCell(props: { row: ModuleRow }) {
  const { unit, isDefault } = props.row;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { address, linkTo } = useModuleAddress();
  const path = linkTo({
    version: address.version,
    module: unitIdOf(unit.pulp_href),
  });
  return (
    <Flex direction="column" gap="1" align="start">
      <Flex gap="2" align="center">
        <Link href={path} weight="bold">
          {streamNameOf(unit)}
        </Link>
        {isDefault && <Badge>{t('modules.default')}</Badge>}
      </Flex>
      {unit.description && (
        <Text
          variant="body-small"
          color="secondary"
          className={styles.description}
        >
          {unit.description}
        </Text>
      )}
    </Flex>
  );
}
