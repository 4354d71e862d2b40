import { useEffect, useRef } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';
import type { Rollback, RollbackState, RollbackTarget } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { RollbackForm } from './RollbackForm';
import { RollbackStatus } from './RollbackStatus';

/**
 * Rolls a repository back: shows what will change, asks for the reason, then follows the task. It can
 * be closed meanwhile; the roll-back goes on.
 */
export function RollbackDialog(props: {
  repository: Repository;
  target: RollbackTarget;
  /** Href of the repository's latest version. */
  latest: string;
  rollback: Rollback;
  onClose: () => void;
}) {
  const { repository, target, latest, rollback, onClose } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { phase } = rollback.state;
  const { name } = repository;
  return (
    <Dialog
      isOpen
      width={720}
      // A click beside it must not throw away a reason that was typed.
      isDismissable={phase !== 'idle'}
      onOpenChange={isOpen => !isOpen && onClose()}
    >
      <DialogHeader>
        {target.checkpoint
          ? t('rollback.titleCheckpoint', {
              name,
              stamp: target.checkpoint.stamp,
            })
          : t('rollback.title', { name, number: String(target.versionNumber) })}
      </DialogHeader>
      {phase === 'idle' ? (
        <RollbackForm
          target={target}
          latest={latest}
          onSubmit={rollback.start}
          onCancel={onClose}
        />
      ) : (
        <RollbackProgress state={rollback.state} onClose={onClose} />
      )}
    </Dialog>
  );
}

/** Follows the roll-back. Takes the focus, which was in the form that it replaces. */
function RollbackProgress(props: {
  state: RollbackState;
  onClose: () => void;
}) {
  const { state, onClose } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const statusRef = useRef<HTMLDivElement>(null);
  useEffect(() => statusRef.current?.focus(), []);
  return (
    <>
      <DialogBody>
        <Flex direction="column" gap="3">
          <RollbackStatus ref={statusRef} state={state} />
          {state.phase === 'running' && (
            <Text color="secondary">{t('rollback.keepsRunning')}</Text>
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onPress={onClose}>
          {t('rollback.close')}
        </Button>
      </DialogFooter>
    </>
  );
}
