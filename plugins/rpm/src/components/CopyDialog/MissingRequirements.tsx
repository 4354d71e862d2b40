import { Alert, Button, Flex } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePlanMissing } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { LoadFailure } from '../LoadFailure';
import { Loading } from '../Loading';
import styles from './CopyDialog.module.css';

/** Warns of what nothing would meet, each in one sentence. */
export function MissingRequirements(props: {
  plan: string;
  /** How many there are, besides those that may be missing. */
  count: number;
}) {
  const { plan, count } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { items, error, loading, more, reload } = usePlanMissing(plan);

  if (error) {
    return (
      <LoadFailure title={t('failure.plan')} error={error} onRetry={reload} />
    );
  }
  return (
    <Alert
      role="alert"
      status="warning"
      icon
      title={t('copying.missing', { count })}
      description={
        <Flex direction="column" gap="2">
          <ul className={styles.missing}>
            {items
              .filter(({ allowed }) => !allowed)
              .map(({ requirement, required_by: unit, sentence }) => (
                <li key={`${requirement} ${unit}`}>{sentence}</li>
              ))}
          </ul>
          {loading && <Loading label={t('copying.plan')} height={20} />}
          {more && (
            <Button variant="tertiary" onPress={more}>
              {t('diff.showMore', { number: String(count - items.length) })}
            </Button>
          )}
        </Flex>
      }
    />
  );
}
