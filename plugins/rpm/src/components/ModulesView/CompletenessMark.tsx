import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RiCheckLine, RiErrorWarningLine } from '@remixicon/react';
import type { Completeness } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import styles from './ModulesView.module.css';

/** Whether all of a module is there. */
export function CompletenessMark(props: { value: Completeness }) {
  const { total, present, missing, missingSources } = props.value;
  const { t } = useTranslationRef(rpmTranslationRef);
  if (!total) return <Text color="secondary">{t('modules.namesNone')}</Text>;
  if (missing.length) {
    return (
      <span className={styles.incomplete}>
        <RiErrorWarningLine size={16} aria-hidden />
        {t('modules.incomplete', {
          present: String(present),
          total: String(total),
        })}
      </span>
    );
  }
  return (
    <span className={styles.complete}>
      <RiCheckLine size={16} aria-hidden />
      {missingSources.length
        ? t('modules.withoutSources', { count: present })
        : t('modules.complete', { count: present })}
    </span>
  );
}
