import { forwardRef } from 'react';
import { Alert, Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { RollbackState } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { TaskProgress } from '../TaskProgress';

/** Where a roll-back stands, or how it ended; takes the focus when told to. */
export const RollbackStatus = forwardRef<
  HTMLDivElement,
  { state: RollbackState; onDismiss?: () => void }
>(({ state, onDismiss }, ref) => {
  const { t } = useTranslationRef(rpmTranslationRef);
  if (state.phase === 'idle') return null;

  const target = String(state.target.versionNumber);
  const dismiss = onDismiss && (
    <Button variant="tertiary" onPress={onDismiss}>
      {t('rollback.dismiss')}
    </Button>
  );
  const common = { ref, tabIndex: -1, role: 'status' };
  switch (state.phase) {
    case 'running':
      return (
        <Alert
          {...common}
          status="info"
          isPending
          title={t('rollback.running', { number: target })}
          description={<TaskProgress task={state.task} />}
        />
      );
    case 'failed':
      return (
        <Alert
          {...common}
          role="alert"
          status="danger"
          icon
          title={t('rollback.failed')}
          description={`${state.error.message} ${t('rollback.failedHint')}`}
          customActions={dismiss}
        />
      );
    default:
      return (
        <Alert
          {...common}
          status="success"
          icon
          title={
            state.versionNumber === undefined
              ? t('rollback.unchanged', { target })
              : t('rollback.done', {
                  number: String(state.versionNumber),
                  target,
                })
          }
          customActions={dismiss}
        />
      );
  }
});
