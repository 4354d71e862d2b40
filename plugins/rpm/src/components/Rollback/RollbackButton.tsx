import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RiHistoryLine } from '@remixicon/react';
import type { RollbackTarget } from '../../hooks';
import { rpmTranslationRef } from '../../translations';

/** Begins a roll-back to one target; disabled without `onRollBack`. */
export function RollbackButton(props: {
  target: RollbackTarget;
  onRollBack?: (target: RollbackTarget) => void;
}) {
  const { target, onRollBack } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  return (
    <Button
      variant="secondary"
      iconStart={<RiHistoryLine />}
      isDisabled={!onRollBack}
      aria-label={
        target.checkpoint
          ? t('rollback.buttonToCheckpoint', { stamp: target.checkpoint.stamp })
          : t('rollback.buttonTo', { number: String(target.versionNumber) })
      }
      onPress={() => onRollBack?.(target)}
    >
      {t('rollback.button')}
    </Button>
  );
}
