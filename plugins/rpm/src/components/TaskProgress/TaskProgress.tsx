import { Flex, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Task } from '@rpmportal/backstage-plugin-rpm-common';
import { rpmTranslationRef } from '../../translations';
import styles from './TaskProgress.module.css';

/** How far a task is: a bar for each kind of its work. */
export function TaskProgress(props: { task?: Task }) {
  const { task } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const reports = task?.progress_reports ?? [];
  return (
    <Flex direction="column" gap="2">
      {reports.length === 0 && (
        <label className={styles.progress}>
          <Text variant="body-small">
            {t(task?.state === 'waiting' ? 'task.waiting' : 'task.running')}
          </Text>
          <progress className={styles.bar} />
        </label>
      )}
      {reports.map(({ code, message, done, total, suffix }) => (
        <label key={`${code} ${suffix}`} className={styles.progress}>
          <Text variant="body-small">
            {message} {total ? `${done} / ${total}` : done || ''}
          </Text>
          <progress
            className={styles.bar}
            max={total || 1}
            // Without a value the bar shows that something goes on.
            value={total ? done : undefined}
          />
        </label>
      ))}
    </Flex>
  );
}
