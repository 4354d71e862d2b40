import { TextAreaField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { rpmTranslationRef } from '../../translations';

/** Asks why a repository is changed; the answer is kept with the version. */
export function ReasonField(props: {
  value: string;
  onChange: (reason: string) => void;
}) {
  const { value, onChange } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  return (
    <TextAreaField
      label={t('rollback.reason')}
      secondaryLabel={t('rollback.required')}
      description={t('rollback.reasonHint')}
      isRequired
      validate={text => (text.trim() ? null : t('rollback.reasonRequired'))}
      rows={2}
      value={value}
      onChange={onChange}
    />
  );
}
