import { Button, Flex, Tag, TagGroup, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { withoutPackages, type CopyChoice } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import styles from './CopyDialog.module.css';

/** More would push the rest of the dialog out of sight. */
const NAMED = 24;

/** Names the chosen packages, each of which can be left out again. */
export function ChosenPackages(props: {
  chosen: CopyChoice['packages'];
  onChange: (chosen: CopyChoice['packages']) => void;
}) {
  const { chosen, onChange } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const more = chosen.size - NAMED;
  if (!chosen.size) return null;
  return (
    <Flex direction="column" gap="2">
      <Flex align="center" gap="3">
        <Text weight="bold">{t('packages.chosenLabel')}</Text>
        {chosen.size > 1 && (
          <Button
            variant="tertiary"
            size="small"
            onPress={() => onChange(new Map())}
          >
            {t('packages.chooseNone')}
          </Button>
        )}
      </Flex>
      <TagGroup
        aria-label={t('packages.chosenLabel')}
        className={styles.tags}
        onRemove={hrefs => onChange(withoutPackages(chosen, hrefs))}
      >
        {[...chosen].slice(0, NAMED).map(([href, nevra]) => (
          <Tag key={href} id={href} textValue={nevra}>
            {nevra}
          </Tag>
        ))}
      </TagGroup>
      {more > 0 && (
        <Text color="secondary">{t('packages.more', { count: more })}</Text>
      )}
    </Flex>
  );
}
