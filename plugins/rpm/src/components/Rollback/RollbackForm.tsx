import { FormEvent, useState } from 'react';
import {
  Button,
  Checkbox,
  DialogBody,
  DialogFooter,
  Flex,
  Text,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { RollbackRequest, RollbackTarget } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { ReasonField } from '../ReasonField';
import { VersionDiffView } from '../VersionDiffView';
import styles from './Rollback.module.css';

/** Shows what a roll-back will change, and asks for the reason. */
export function RollbackForm(props: {
  target: RollbackTarget;
  /** Href of the version to roll back from. */
  latest: string;
  onSubmit: (request: RollbackRequest) => void;
  onCancel: () => void;
}) {
  const { target, latest, onSubmit, onCancel } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const [reason, setReason] = useState('');
  const [publish, setPublish] = useState(true);
  const [differs, setDiffers] = useState<boolean>();

  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit({ target, reason: reason.trim(), publish });
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Text>
            {t('rollback.explanation', {
              number: String(target.versionNumber),
            })}
          </Text>
          <section aria-label={t('rollback.whatChanges')}>
            <Flex direction="column" gap="2">
              <Text as="h3" variant="body-large" weight="bold">
                {t('rollback.whatChanges')}
              </Text>
              <VersionDiffView
                from={latest}
                to={target.versionHref}
                whenSame={t('rollback.same')}
                onCompared={setDiffers}
              />
            </Flex>
          </section>
          <ReasonField value={reason} onChange={setReason} />
          <Checkbox isSelected={publish} onChange={setPublish}>
            {t('rollback.publish')}
          </Checkbox>
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onCancel}>
          {t('rollback.cancel')}
        </Button>
        <Button variant="primary" type="submit" isDisabled={!differs}>
          {t('rollback.confirm')}
        </Button>
      </DialogFooter>
    </form>
  );
}
