import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RiFolderTransferLine } from '@remixicon/react';
import { rpmTranslationRef } from '../../translations';

/** Begins a copy from one version; disabled without `onCopy`. */
export function CopyFromButton(props: {
  versionNumber: number;
  onCopy?: () => void;
}) {
  const { versionNumber, onCopy } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  return (
    <Button
      variant="secondary"
      iconStart={<RiFolderTransferLine />}
      isDisabled={!onCopy}
      aria-label={t('copying.buttonFrom', { number: String(versionNumber) })}
      onPress={onCopy}
    >
      {t('copying.button')}
    </Button>
  );
}
