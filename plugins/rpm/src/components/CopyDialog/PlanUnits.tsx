import { Button, Flex, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  PlanCause,
  PlanChange,
  PlanUnit,
} from '@rpmportal/backstage-plugin-rpm-common';
import { usePlanUnits } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { ChangeMark } from '../ChangeMark';
import { LoadFailure } from '../LoadFailure';
import { Loading } from '../Loading';
import styles from './CopyDialog.module.css';

/** The units that a plan does the same with, each with why; nothing when there are none. */
export function PlanUnits(props: {
  plan: string;
  change: PlanChange;
  cause?: PlanCause;
  title: string;
}) {
  const { plan, change, cause, title } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { items, count, ...list } = usePlanUnits(plan, change, cause);

  if (list.error) {
    return (
      <LoadFailure
        title={t('failure.plan')}
        error={list.error}
        onRetry={list.reload}
      />
    );
  }
  if (!items.length) {
    return list.loading ? <Loading label={title} height={48} /> : null;
  }
  return (
    <section aria-label={title}>
      <Flex direction="column" gap="2">
        <Flex align="center" gap="2">
          <Text as="h3" variant="body-large" weight="bold">
            {title}
          </Text>
          {change === 'added' || change === 'removed' ? (
            <ChangeMark change={change}>{count}</ChangeMark>
          ) : (
            <Text color="secondary">{count}</Text>
          )}
        </Flex>
        <ul className={styles.units}>
          {items.map(unit => (
            <li key={`${unit.pulp_href} ${unit.label}`}>
              <Text>{unit.label}</Text>
              <Why unit={unit} />
            </li>
          ))}
        </ul>
        {list.more && (
          <Button variant="tertiary" onPress={list.more}>
            {t('diff.showMore', { number: String(count - items.length) })}
          </Button>
        )}
      </Flex>
    </section>
  );
}

/** Who asked for a unit knows why it comes. */
function Why(props: { unit: PlanUnit }) {
  const { cause, reason, chain, because_of: because } = props.unit;
  const { t } = useTranslationRef(rpmTranslationRef);
  const texts = [
    cause !== 'requested' && chain,
    reason && t(`copying.why.${reason}`),
    because?.label,
  ].filter(Boolean);
  if (!texts.length) return null;
  return (
    <Text variant="body-small" color="secondary" className={styles.why}>
      {texts.join(': ')}
    </Text>
  );
}
