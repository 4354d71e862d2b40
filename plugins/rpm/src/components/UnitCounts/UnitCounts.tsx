import { Fragment } from 'react';
import { Flex, Link, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ContentSummary } from '@rpmportal/backstage-plugin-rpm-common';
import { rpmTranslationRef } from '../../translations';
import { ChangeMark } from '../ChangeMark';

/** Content types in the order in which they matter to people. */
const NAMES = {
  'rpm.package': 'package',
  'rpm.advisory': 'advisory',
  'rpm.modulemd': 'module',
  'rpm.modulemd_defaults': 'moduleDefaults',
  'rpm.modulemd_obsolete': 'moduleObsolete',
  'rpm.modulemd_document': 'moduleDocument',
  'rpm.packagegroup': 'group',
  'rpm.packagecategory': 'category',
  'rpm.packageenvironment': 'environment',
  'rpm.packagelangpacks': 'langpacks',
  'rpm.repo_metadata_file': 'metadataFile',
  'rpm.distribution_tree': 'distributionTree',
} as const;

const TYPES = Object.keys(NAMES) as (keyof typeof NAMES)[];

function sum(counts: ContentSummary['present']): number {
  return Object.values(counts).reduce((total, { count }) => total + count, 0);
}

/** What a version holds, and what it changed. */
export function UnitCounts(props: {
  summary: ContentSummary;
  /** Where units of a content type are shown. */
  links?: Partial<Record<keyof typeof NAMES, string>>;
}) {
  const { links = {} } = props;
  const { added, removed, present } = props.summary;
  const { t } = useTranslationRef(rpmTranslationRef);

  const texts: { text: string; link?: string }[] = TYPES.flatMap(type =>
    present[type]
      ? {
          text: t(`units.${NAMES[type]}`, { count: present[type].count }),
          link: links[type],
        }
      : [],
  );
  const others = Object.keys(present).filter(type => !(type in NAMES));
  const othersCount = others.reduce(
    (total, type) => total + present[type].count,
    0,
  );
  if (othersCount) {
    texts.push({ text: t('units.other', { count: othersCount }) });
  }

  const [more, fewer] = [sum(added), sum(removed)];
  return (
    <Flex direction="column" gap="1">
      {more + fewer > 0 && (
        <Flex gap="1" style={{ flexWrap: 'wrap' }}>
          {more > 0 && (
            <ChangeMark change="added">
              {t('units.added', { number: String(more) })}
            </ChangeMark>
          )}
          {fewer > 0 && (
            <ChangeMark change="removed">
              {t('units.removed', { number: String(fewer) })}
            </ChangeMark>
          )}
        </Flex>
      )}
      <Text variant="body-small" color="secondary">
        {texts.length === 0 && t('versions.empty')}
        {texts.map(({ text, link }, index) => (
          <Fragment key={text}>
            {index > 0 && ', '}
            {link ? (
              <Link href={link} variant="body-small">
                {text}
              </Link>
            ) : (
              text
            )}
          </Fragment>
        ))}
      </Text>
    </Flex>
  );
}
