import { useMemo } from 'react';
import {
  Cell,
  CellText,
  Flex,
  Link,
  Table,
  Text,
  type ColumnConfig,
  type UseTableResult,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  Distribution,
  Publication,
} from '@rpmportal/backstage-plugin-rpm-common';
import {
  versionNumberOf,
  type CheckpointRow,
  type RollbackTarget,
} from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { LoadFailure } from '../LoadFailure';
import { RollbackButton } from '../Rollback';
import { CopyButton } from '../Snippet';
import { Timestamp } from '../Timestamp';

/** The checkpoints of a repository, where each is served, and a way back to it. */
export function CheckpointTable(props: {
  tableProps: UseTableResult<CheckpointRow>['tableProps'];
  /** Serves the checkpoints; undefined when none does. */
  distribution?: Distribution;
  /** Href of the repository's latest version. */
  latest?: string;
  onRetry: () => void;
  /** Undefined when the user may not roll back, or something is being rolled back. */
  onRollBack?: (target: RollbackTarget) => void;
}) {
  const { tableProps, distribution, latest, onRetry, onRollBack } = props;
  const { t } = useTranslationRef(rpmTranslationRef);

  const columns = useMemo<ColumnConfig<CheckpointRow>[]>(
    () => [
      {
        id: 'stamp',
        label: t('checkpoints.stamp'),
        isRowHeader: true,
        width: '2fr',
        cell: ({ publication }) => (
          <Cell>
            <Flex direction="column" gap="1" align="start">
              <Stamp
                value={stampOf(publication)}
                url={addressOf(publication, distribution)}
              />
              <Text variant="body-small" color="secondary">
                <Timestamp value={publication.pulp_created} />
              </Text>
            </Flex>
          </Cell>
        ),
      },
      {
        id: 'version',
        label: t('checkpoints.version'),
        width: 96,
        cell: ({ publication }) => (
          <CellText
            title={String(versionNumberOf(publication.repository_version))}
          />
        ),
      },
      {
        id: 'address',
        label: t('checkpoints.address'),
        width: '2fr',
        cell: ({ publication }) => (
          <Cell>
            <Address url={addressOf(publication, distribution)} />
          </Cell>
        ),
      },
      {
        id: 'action',
        label: t('versions.action'),
        width: 150,
        cell: ({ publication }) => (
          <Cell>
            {publication.repository_version === latest ? (
              <Text color="secondary">{t('checkpoints.current')}</Text>
            ) : (
              <RollbackButton
                target={{
                  versionHref: publication.repository_version,
                  versionNumber: versionNumberOf(
                    publication.repository_version,
                  ),
                  checkpoint: {
                    href: publication.pulp_href,
                    stamp: stampOf(publication),
                  },
                }}
                onRollBack={latest === undefined ? undefined : onRollBack}
              />
            )}
          </Cell>
        ),
      },
    ],
    [t, distribution, latest, onRollBack],
  );

  if (tableProps.error) {
    return (
      <LoadFailure
        title={t('failure.checkpoints')}
        error={tableProps.error}
        onRetry={onRetry}
      />
    );
  }
  if (tableProps.data?.length === 0) {
    return <Text>{t('checkpoints.empty')}</Text>;
  }
  return <Table {...tableProps} columnConfig={columns} />;
}

function stampOf(publication: Publication): string {
  return publication.checkpoint_timestamp ?? '';
}

function addressOf(
  publication: Publication,
  distribution: Distribution | undefined,
): string | undefined {
  return distribution && `${distribution.base_url}${stampOf(publication)}/`;
}

function Stamp(props: { value: string; url?: string }) {
  const { value, url } = props;
  return url ? <Link href={url}>{value}</Link> : <Text>{value}</Text>;
}

function Address(props: { url?: string }) {
  const { url } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  return url ? (
    <CopyButton text={url} what={url} />
  ) : (
    <Text color="secondary">{t('checkpoints.notServed')}</Text>
  );
}
