import { forwardRef } from 'react';
import { Alert, Button, Flex, Link, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useRepositoryPath, type CopyState } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { TaskProgress } from '../TaskProgress';

/** Where a copy that began stands, or how it ended; takes the focus when told to. */
export const CopyStatus = forwardRef<
  HTMLDivElement,
  { state: CopyState; onDismiss?: () => void }
>(({ state, onDismiss }, ref) => {
  const { t } = useTranslationRef(rpmTranslationRef);
  const pathTo = useRepositoryPath();
  const dismiss = onDismiss && (
    <Button variant="tertiary" onPress={onDismiss}>
      {t('rollback.dismiss')}
    </Button>
  );
  const common = { ref, tabIndex: -1, role: 'status' };
  switch (state.phase) {
    case 'applying':
      return (
        <Alert
          {...common}
          status="info"
          isPending
          title={t('copying.running', { name: state.copy.destination.name })}
          description={
            <Flex direction="column" gap="2">
              <TaskProgress task={state.task} />
              <Text color="secondary">{t('rollback.keepsRunning')}</Text>
            </Flex>
          }
        />
      );
    case 'failed':
      return (
        <Alert
          {...common}
          role="alert"
          status={state.stale ? 'warning' : 'danger'}
          icon
          title={
            state.stale
              ? t('copying.stale', { name: state.copy.destination.name })
              : t('copying.failed')
          }
          description={`${state.error.message} ${t('copying.failedHint')}`}
          customActions={dismiss}
        />
      );
    case 'done': {
      const { made, copy } = state;
      const path = pathTo(copy.destination);
      return (
        <Alert
          {...common}
          status="success"
          icon
          title={
            made
              ? t('copying.done', {
                  name: copy.destination.name,
                  number: String(made.number),
                })
              : t('copying.unchanged', { name: copy.destination.name })
          }
          description={
            made &&
            path && (
              <Link href={path}>
                {t('copying.show', {
                  name: copy.destination.name,
                  number: String(made.number),
                })}
              </Link>
            )
          }
          customActions={dismiss}
        />
      );
    }
    default:
      return null;
  }
});
