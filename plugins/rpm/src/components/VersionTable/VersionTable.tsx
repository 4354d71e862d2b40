import { useMemo } from 'react';
import {
  Cell,
  Flex,
  Row,
  Table,
  type ColumnConfig,
  type UseTableResult,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { RepositoryVersion } from '@rpmportal/backstage-plugin-rpm-common';
import {
  useModuleAddress,
  type RollbackTarget,
  type VersionRow,
} from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { CopyFromButton } from '../CopyDialog';
import { LoadFailure } from '../LoadFailure';
import { RollbackButton } from '../Rollback';
import { UnitCounts } from '../UnitCounts';
import { VersionChange } from './VersionChange';
import styles from './VersionTable.module.css';

/** The versions of a repository as a timeline, to be gone back to and copied from. */
export function VersionTable(props: {
  tableProps: UseTableResult<VersionRow>['tableProps'];
  /** Number of a version that was just made. */
  highlighted?: number;
  onRetry: () => void;
  /** Undefined when the user may not roll back, or something is being rolled back. */
  onRollBack?: (target: RollbackTarget) => void;
  /** Undefined while something is copied. */
  onCopy?: (version: RepositoryVersion) => void;
}) {
  const { tableProps, highlighted, onRetry, onRollBack, onCopy } = props;
  const { t } = useTranslationRef(rpmTranslationRef);

  const columns = useMemo<ColumnConfig<VersionRow>[]>(
    () => [
      {
        id: 'version',
        label: t('versions.version'),
        isRowHeader: true,
        width: 104,
        cell: ({ version, isLatest }) => (
          <Cell className={styles.timeline}>
            <span className={isLatest ? styles.latest : styles.number}>
              {version.number}
            </span>
          </Cell>
        ),
      },
      {
        id: 'change',
        label: t('versions.change'),
        width: '3fr',
        minWidth: 260,
        cell: row => (
          <Cell className={styles.cell}>
            <VersionChange
              row={row}
              isNew={row.version.number === highlighted}
            />
          </Cell>
        ),
      },
      {
        id: 'content',
        label: t('versions.content'),
        width: '2fr',
        minWidth: 200,
        cell: ({ version }) => (
          <Cell className={styles.cell}>
            <ContentCell version={version} />
          </Cell>
        ),
      },
      {
        id: 'action',
        label: t('versions.action'),
        width: 140,
        cell: ({ version, isLatest }) => (
          <Cell className={styles.cell}>
            <Flex direction="column" gap="2">
              {!isLatest && (
                <RollbackButton
                  target={{
                    versionHref: version.pulp_href,
                    versionNumber: version.number,
                  }}
                  onRollBack={onRollBack}
                />
              )}
              {Object.keys(version.content_summary.present).length > 0 && (
                <CopyFromButton
                  versionNumber={version.number}
                  onCopy={onCopy && (() => onCopy(version))}
                />
              )}
            </Flex>
          </Cell>
        ),
      },
    ],
    [t, highlighted, onRollBack, onCopy],
  );

  if (tableProps.error) {
    return (
      <LoadFailure
        title={t('failure.versions')}
        error={tableProps.error}
        onRetry={onRetry}
      />
    );
  }
  return (
    <Table
      {...tableProps}
      columnConfig={columns}
      rowConfig={({ item }) => (
        <Row
          id={String(item.id)}
          columns={columns}
          className={
            item.version.number === highlighted ? styles.highlighted : undefined
          }
        >
          {column => column.cell(item)}
        </Row>
      )}
    />
  );
}

function ContentCell(props: { version: RepositoryVersion }) {
  const { number, content_summary: summary } = props.version;
  const { linkTo } = useModuleAddress();
  return (
    <UnitCounts
      summary={summary}
      links={{ 'rpm.modulemd': linkTo({ version: number }) }}
    />
  );
}
