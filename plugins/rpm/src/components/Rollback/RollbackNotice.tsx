import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RiLockLine } from '@remixicon/react';
import type { Owner } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { RefLink } from '../RefLink';
import styles from './Rollback.module.css';

/** Tells who may not roll a repository back why not, and whom to ask. */
export function RollbackNotice(props: { owner: Owner }) {
  const { loading, ref } = props.owner;
  const { t } = useTranslationRef(rpmTranslationRef);
  if (loading) return null;
  return (
    <Text className={styles.notice}>
      <RiLockLine size={16} aria-hidden />
      <span>
        {ref
          ? t('rollback.denied', { owner: <RefLink value={ref} /> })
          : t('rollback.deniedWithoutOwner')}
      </span>
    </Text>
  );
}
