import { Alert, Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { rpmTranslationRef } from '../../translations';

/** Says what could not be loaded and why, and offers to try again. */
export function LoadFailure(props: {
  title: string;
  error: Error;
  onRetry: () => void;
}) {
  const { title, error, onRetry } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title}
      // What fetch throws says in each browser's own words that nobody answered.
      description={
        error instanceof TypeError ? t('failure.unreachable') : error.message
      }
      customActions={
        <Button variant="secondary" onPress={onRetry}>
          {t('failure.retry')}
        </Button>
      }
    />
  );
}
