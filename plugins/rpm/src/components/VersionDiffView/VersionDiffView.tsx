import { useEffect, useMemo } from 'react';
import {
  Button,
  Cell,
  Flex,
  Table,
  Text,
  type ColumnConfig,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DiffEntry } from '@rpmportal/backstage-plugin-rpm-common';
import { useVersionDiff } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { ChangeMark } from '../ChangeMark';
import { LoadFailure } from '../LoadFailure';
import { Loading } from '../Loading';
import { DiffSummary } from './DiffSummary';
import styles from './VersionDiffView.module.css';

interface DiffRow {
  id: number;
  entry: DiffEntry;
}

/** What changes from one version to another: in numbers, then one by one. */
export function VersionDiffView(props: {
  /** Hrefs of the versions. */
  from: string;
  to: string;
  /** What to say when there is no difference. */
  whenSame: string;
  /** Told whether the versions differ, once that is known. */
  onCompared?: (differs: boolean) => void;
}) {
  const { from, to, whenSame, onCompared } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const diff = useVersionDiff(from, to);
  const { entries, counts } = diff;

  const differs = counts && Object.keys(counts).length > 0;
  useEffect(() => {
    if (differs !== undefined) onCompared?.(differs);
  }, [differs, onCompared]);

  const columns = useMemo<ColumnConfig<DiffRow>[]>(
    () => [
      {
        id: 'name',
        label: t('diff.name'),
        isRowHeader: true,
        width: '3fr',
        cell: ({ entry }) => <NameCell entry={entry} />,
      },
      {
        id: 'change',
        label: t('diff.change'),
        width: 124,
        cell: ({ entry }) => (
          <Cell>
            <ChangeMark change={entry.change}>
              {t(`diff.${entry.change}`)}
            </ChangeMark>
          </Cell>
        ),
      },
      {
        id: 'now',
        label: t('diff.now'),
        width: '2fr',
        cell: ({ entry: { from: side } }) => <VersionCell side={side} />,
      },
      {
        id: 'after',
        label: t('diff.after'),
        width: '2fr',
        cell: ({ entry: { to: side } }) => <VersionCell side={side} />,
      },
    ],
    [t],
  );
  const rows = useMemo(
    () => entries.map((entry, id) => ({ id, entry })),
    [entries],
  );

  if (diff.error) {
    return (
      <LoadFailure
        title={t('failure.diff')}
        error={diff.error}
        onRetry={diff.reload}
      />
    );
  }
  if (!counts) {
    return <Loading label={t('diff.loading')} height={120} />;
  }
  if (!differs) {
    return <Text>{whenSame}</Text>;
  }
  return (
    <Flex direction="column" gap="3">
      <DiffSummary counts={counts} />
      {/* Focusable, so that the keyboard can scroll it. */}
      <div
        className={styles.entries}
        role="region"
        aria-label={t('diff.label')}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <Table
          columnConfig={columns}
          data={rows}
          pagination={{ type: 'none' }}
        />
        {diff.more && (
          <Button variant="tertiary" onPress={diff.more}>
            {t('diff.showMore', { number: String(diff.notShown) })}
          </Button>
        )}
      </div>
    </Flex>
  );
}

/** What is not a package says what it is. */
function NameCell(props: { entry: DiffEntry }) {
  const { kind, name, arch, from, to } = props.entry;
  const { t } = useTranslationRef(rpmTranslationRef);
  const about = [
    kind !== 'package' && t(`kind.${kind}`),
    to?.title ?? from?.title,
  ].filter(Boolean);
  return (
    <Cell className={styles.wrapped}>
      <Flex direction="column" gap="1">
        <Text>{arch ? `${name}.${arch}` : name}</Text>
        {about.length > 0 && (
          <Text variant="body-small" color="secondary">
            {about.join(': ')}
          </Text>
        )}
      </Flex>
    </Cell>
  );
}

function VersionCell(props: { side: DiffEntry['to'] }) {
  const { side } = props;
  return (
    <Cell className={styles.wrapped}>
      {side?.version ?? side?.label ?? '–'}
    </Cell>
  );
}
