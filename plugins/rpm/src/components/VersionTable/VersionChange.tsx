import { Badge, Flex, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RiFlagLine } from '@remixicon/react';
import { isVersionOf, versionNumberOf, type VersionRow } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { RefLink } from '../RefLink';
import { Timestamp } from '../Timestamp';
import styles from './VersionTable.module.css';

/** The operations that make versions, as their inputs name them. */
const OPERATIONS = [
  'create',
  'modify',
  'sync',
  'copy',
  'rollback',
  'upload',
  'comps',
  'prune',
] as const;

/** Why a version was made, when, by whom, from what; and what marks it. */
export function VersionChange(props: { row: VersionRow; isNew: boolean }) {
  const { version, checkpoints, isLatest } = props.row;
  const { t } = useTranslationRef(rpmTranslationRef);

  const operation = OPERATIONS.find(name => name === version.inputs.operation);
  const base = version.base_version;
  const isOwnBase =
    !!base && isVersionOf({ pulp_href: version.repository }, base);
  return (
    <Flex direction="column" gap="1">
      <Text className={styles.reason}>
        {version.reason ??
          (operation ? t(`operation.${operation}`) : t('versions.noReason'))}
      </Text>
      <Text variant="body-small" color="secondary">
        <Timestamp value={version.pulp_created} />
        {version.created_by && (
          <>
            {' '}
            {t('versions.by', {
              author: <RefLink value={version.created_by} />,
            })}
          </>
        )}
        {base &&
          `, ${t(
            isOwnBase
              ? 'versions.baseVersion'
              : 'versions.baseVersionElsewhere',
            { number: String(versionNumberOf(base)) },
          )}`}
      </Text>
      {(isLatest || props.isNew || checkpoints.length > 0) && (
        <Flex gap="1" className={styles.marks}>
          {props.isNew && (
            <Badge className={styles.new}>{t('versions.isNew')}</Badge>
          )}
          {isLatest && <Badge>{t('versions.latest')}</Badge>}
          {checkpoints.map(
            ({ pulp_href: href, checkpoint_timestamp: stamp }) => (
              <Badge key={href} icon={<RiFlagLine aria-hidden />}>
                {t('versions.checkpoint', { stamp: stamp ?? '' })}
              </Badge>
            ),
          )}
        </Flex>
      )}
    </Flex>
  );
}
