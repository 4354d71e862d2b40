import {
  Alert,
  Button,
  Checkbox,
  DialogFooter,
  Flex,
  Radio,
  RadioGroup,
  Text,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  isComplete,
  type CopyChoice,
  type CopyDestination,
  type CopyOptions,
} from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { UnitCounts } from '../UnitCounts';
import { ChosenPackages } from './ChosenPackages';
import type { CopySource } from './CopyDialog';
import { CopyStep } from './CopyStep';
import { DestinationSelect } from './DestinationSelect';
import { PackagePicker } from './PackagePicker';
import styles from './CopyDialog.module.css';

/** Asks what to copy, where to, and by which rules. */
export function CopyForm(props: {
  source: CopySource;
  choice: CopyChoice;
  /** Why the preview of this choice failed. */
  error?: Error;
  onChange: (choice: CopyChoice) => void;
  onPreview: (choice: CopyChoice & { destination: CopyDestination }) => void;
  onCancel: () => void;
}) {
  const { source, choice, error, onChange, onPreview, onCancel } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { present } = source.version.content_summary;
  const chosen = choice.everything
    ? t('copying.everything')
    : t('packages.chosen', { count: choice.packages.size });
  return (
    <>
      <CopyStep label={t('copying.choose')}>
        {error && (
          <Alert
            role="alert"
            status="danger"
            icon
            title={t('copying.previewFailed')}
            description={error.message}
          />
        )}
        <DestinationSelect
          except={source.isLatest ? source.repository.pulp_href : undefined}
          value={choice.destination}
          onChange={destination => onChange({ ...choice, destination })}
        />
        <OptionChecks
          options={choice.options}
          onChange={options => onChange({ ...choice, options })}
        />
        <RadioGroup
          label={t('copying.what')}
          value={choice.everything ? 'everything' : 'packages'}
          onChange={value =>
            onChange({ ...choice, everything: value === 'everything' })
          }
        >
          <Radio value="packages">{t('copying.somePackages')}</Radio>
          <Radio value="everything">{t('copying.everything')}</Radio>
        </RadioGroup>
        {choice.everything ? (
          <UnitCounts summary={{ added: {}, removed: {}, present }} />
        ) : (
          <Flex direction="column" gap="3">
            <PackagePicker
              version={source.version.pulp_href}
              chosen={choice.packages}
              onChange={packages => onChange({ ...choice, packages })}
            />
            <ChosenPackages
              chosen={choice.packages}
              onChange={packages => onChange({ ...choice, packages })}
            />
          </Flex>
        )}
      </CopyStep>
      <DialogFooter>
        <Text role="status" color="secondary" className={styles.hint}>
          {isComplete(choice) ? chosen : t('copying.incomplete')}
        </Text>
        <Button variant="secondary" onPress={onCancel}>
          {t('copying.cancel')}
        </Button>
        <Button
          variant="primary"
          isDisabled={!isComplete(choice)}
          onPress={() => isComplete(choice) && onPreview(choice)}
        >
          {t('copying.preview')}
        </Button>
      </DialogFooter>
    </>
  );
}

function OptionChecks(props: {
  options: CopyOptions;
  onChange: (options: CopyOptions) => void;
}) {
  const { options, onChange } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  return (
    <Flex
      direction="column"
      gap="2"
      role="group"
      aria-label={t('copying.options')}
    >
      {(['dependencies', 'upgrade', 'weak'] as const).map(name => (
        <Checkbox
          key={name}
          className={name === 'dependencies' ? undefined : styles.furtherOption}
          isDisabled={name !== 'dependencies' && !options.dependencies}
          isSelected={options[name] && options.dependencies}
          onChange={isSelected => onChange({ ...options, [name]: isSelected })}
        >
          {t(`copying.option.${name}`)}
        </Checkbox>
      ))}
      <Checkbox
        isDisabled={options.dependencies}
        isSelected={options.modules || options.dependencies}
        onChange={modules => onChange({ ...options, modules })}
      >
        {t('copying.option.modules')}
      </Checkbox>
    </Flex>
  );
}
