import { useState } from 'react';
import { Button, Dialog, DialogFooter, DialogHeader } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  Repository,
  RepositoryVersion,
} from '@rpmportal/backstage-plugin-rpm-common';
import {
  copyInputOf,
  NOTHING_CHOSEN,
  type Copy,
  type CopyChoice,
} from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { TaskProgress } from '../TaskProgress';
import { CopyForm } from './CopyForm';
import { CopyPlan } from './CopyPlan';
import { CopyStatus } from './CopyStatus';
import { CopyStep } from './CopyStep';

/** What is copied from. */
export interface CopySource {
  repository: Repository;
  version: RepositoryVersion;
  /** It is the latest version of the repository. */
  isLatest: boolean;
}

/**
 * Copies from a version of a repository: what and where to is chosen, the backend plans it, and what
 * was shown is what is then done. A copy that began goes on when the dialog is closed; a preview ends.
 */
export function CopyDialog(props: {
  source: CopySource;
  copy: Copy;
  onClose: () => void;
}) {
  const { source, copy, onClose } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const [choice, setChoice] = useState<CopyChoice>(NOTHING_CHOSEN);
  const { state } = copy;
  const begun = ['applying', 'failed', 'done'].includes(state.phase);

  return (
    <Dialog
      isOpen
      width={960}
      // A click beside it must not throw away what was chosen.
      isDismissable={begun}
      onOpenChange={isOpen => !isOpen && onClose()}
    >
      <DialogHeader>
        {t('copying.title', {
          name: source.repository.name,
          number: String(source.version.number),
        })}
      </DialogHeader>
      {state.phase === 'choosing' && (
        <CopyForm
          source={source}
          choice={choice}
          error={state.error}
          onChange={setChoice}
          onPreview={complete =>
            copy.preview({
              input: copyInputOf(source.version.pulp_href, complete),
              destination: complete.destination,
            })
          }
          onCancel={onClose}
        />
      )}
      {state.phase === 'planning' && (
        <>
          <CopyStep label={t('copying.planning')}>
            <div role="status">
              <TaskProgress task={state.task} />
            </div>
          </CopyStep>
          <DialogFooter>
            <Button variant="secondary" onPress={copy.reset}>
              {t('copying.stop')}
            </Button>
          </DialogFooter>
        </>
      )}
      {state.phase === 'planned' && (
        <CopyPlan
          copy={state.copy}
          onApply={reason => copy.apply(state.copy, reason)}
          onBack={copy.reset}
        />
      )}
      {begun && <CopyEnd copy={copy} onClose={onClose} />}
    </Dialog>
  );
}

/** Follows the copy, and offers a new preview when it failed. */
function CopyEnd(props: { copy: Copy; onClose: () => void }) {
  const { copy, onClose } = props;
  const { state } = copy;
  const { t } = useTranslationRef(rpmTranslationRef);
  return (
    <>
      <CopyStep label={t('copying.copying')}>
        <CopyStatus state={state} />
      </CopyStep>
      <DialogFooter>
        <Button
          variant={state.phase === 'failed' ? 'secondary' : 'primary'}
          onPress={onClose}
        >
          {t('copying.close')}
        </Button>
        {state.phase === 'failed' && (
          <Button variant="primary" onPress={() => copy.preview(state.copy)}>
            {t('copying.previewAgain')}
          </Button>
        )}
      </DialogFooter>
    </>
  );
}
