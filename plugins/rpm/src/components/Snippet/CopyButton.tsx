import { useEffect, useState } from 'react';
import { Button, VisuallyHidden } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { rpmTranslationRef } from '../../translations';

const SHOWN_MS = 3_000;

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton(props: {
  text: string;
  /** What the text is, for those who do not see where the button stands. */
  what: string;
}) {
  const { t } = useTranslationRef(rpmTranslationRef);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    await navigator.clipboard.writeText(props.text);
    setCopied(true);
  }

  return (
    <>
      <Button
        variant="secondary"
        aria-label={t('copy.copyOf', { what: props.what })}
        iconStart={copied ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={copy}
      >
        {copied ? t('copy.copied') : t('copy.copy')}
      </Button>
      <VisuallyHidden aria-live="polite">
        {copied ? t('copy.copied') : ''}
      </VisuallyHidden>
    </>
  );
}
