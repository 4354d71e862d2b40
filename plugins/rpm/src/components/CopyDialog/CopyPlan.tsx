import { FormEvent, useState } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Alert,
  Button,
  DialogFooter,
  Flex,
  Text,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PlannedCopy } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { ReasonField } from '../ReasonField';
import { CopyStep } from './CopyStep';
import { MissingRequirements } from './MissingRequirements';
import { PlanUnits } from './PlanUnits';
import { PlanWarnings } from './PlanWarnings';
import styles from './CopyDialog.module.css';

/** Causes in the order in which they matter to who asked for the copy. */
const CAUSES = ['requested', 'child', 'dependency', 'base', 'merged'] as const;

/** Shows what a copy will do, with the reasons, and asks for the user's own. */
export function CopyPlan(props: {
  copy: PlannedCopy;
  onApply: (reason: string) => void;
  onBack: () => void;
}) {
  const { copy, onApply, onBack } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const [reason, setReason] = useState('');
  const { plan, preview, destination } = copy;
  const changes = preview.outcome === 'created';
  const missing = preview.counts.missing - preview.counts.allowed;

  function submit(event: FormEvent) {
    event.preventDefault();
    onApply(reason.trim());
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <CopyStep label={t('copying.plan')}>
        <Text>
          {t(changes ? 'copying.planned' : 'copying.unchanged', {
            name: destination.name,
          })}
        </Text>
        {missing > 0 && <MissingRequirements plan={plan} count={missing} />}
        <PlanWarnings preview={preview} />
        {preview.conflicts.length > 0 && (
          <Alert
            status="warning"
            icon
            title={t('copying.conflicts', { count: preview.counts.conflicts })}
            description={preview.conflicts.map(({ label }) => label).join(', ')}
          />
        )}
        <PlannedUnits copy={copy} />
        {changes && <ReasonField value={reason} onChange={setReason} />}
      </CopyStep>
      <DialogFooter>
        <Button variant="secondary" onPress={onBack}>
          {t('copying.back')}
        </Button>
        <Button variant="primary" type="submit" isDisabled={!changes}>
          {t(missing > 0 ? 'copying.applyAnyway' : 'copying.apply')}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** Only what there is: the numbers in the preview say which lists are not empty. */
function PlannedUnits(props: { copy: PlannedCopy }) {
  const { plan, preview } = props.copy;
  const { t } = useTranslationRef(rpmTranslationRef);
  const [{ added_count: added, removed_count: removed, ...others }] =
    preview.destinations;
  const { rejected_count: rejected, kept_count: kept } = others;
  return (
    <Flex direction="column" gap="4">
      {added > 0 &&
        CAUSES.map(cause => (
          <PlanUnits
            key={cause}
            plan={plan}
            change="added"
            cause={cause}
            title={t(`copying.added.${cause}`)}
          />
        ))}
      {removed > 0 && (
        <PlanUnits plan={plan} change="removed" title={t('copying.removed')} />
      )}
      {rejected > 0 && (
        <PlanUnits
          plan={plan}
          change="rejected"
          title={t('copying.rejected')}
        />
      )}
      {kept > 0 && (
        <Accordion>
          <AccordionTrigger title={t('copying.kept')} subtitle={String(kept)} />
          <AccordionPanel>
            <PlanUnits plan={plan} change="kept" title={t('copying.kept')} />
          </AccordionPanel>
        </Accordion>
      )}
    </Flex>
  );
}
