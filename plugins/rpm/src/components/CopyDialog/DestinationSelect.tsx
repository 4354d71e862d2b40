import { Alert, Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useDestinations, type CopyDestination } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { LoadFailure } from '../LoadFailure';

/** Offers the repositories that the user may copy into, or says that there are none. */
export function DestinationSelect(props: {
  /** Href of a repository that cannot be meant. */
  except?: string;
  value?: CopyDestination;
  onChange: (destination: CopyDestination | undefined) => void;
}) {
  const { except, value, onChange } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const list = useDestinations(except);

  // An error is kept after what followed it went well.
  if (list.error && list.loadingState === 'error') {
    return (
      <LoadFailure
        title={t('failure.destinations')}
        error={list.error}
        onRetry={list.reload}
      />
    );
  }
  const isNone =
    list.loadingState === 'idle' && !list.filterText && !list.items.length;
  if (isNone && !value) {
    return (
      <Alert
        role="status"
        status="warning"
        icon
        title={t('copying.noDestination')}
        description={t('copying.noDestinationHint')}
      />
    );
  }
  return (
    <Select
      label={t('copying.destination')}
      secondaryLabel={t('rollback.required')}
      placeholder={t('copying.chooseDestination')}
      options={list}
      search={{ mode: 'server', placeholder: t('copying.searchDestination') }}
      value={value?.pulp_href ?? null}
      onChange={key =>
        onChange(list.items.find(({ id }) => id === key)?.repository ?? value)
      }
    />
  );
}
