import { Flex, Link, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { MappedArtifact } from '@rpmportal/backstage-plugin-rpm-common';
import { useModuleAddress } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import styles from './ModulesView.module.css';

/** The packages of a module that a version holds, each a link to it. */
export function PresentArtifacts(props: { artifacts: MappedArtifact[] }) {
  const { artifacts } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { address, linkTo } = useModuleAddress();
  if (!artifacts.length) return null;
  return (
    <section aria-label={t('modules.present')}>
      <Flex direction="column" gap="2">
        <Flex gap="2" align="center">
          <Text as="h4" weight="bold">
            {t('modules.present')}
          </Text>
          <Text color="secondary">{artifacts.length}</Text>
        </Flex>
        <ul className={styles.artifacts}>
          {artifacts.map(({ filename, unit_id: id }) => (
            <li key={id}>
              <Link href={linkTo({ ...address, package: id })}>{filename}</Link>
            </li>
          ))}
        </ul>
      </Flex>
    </section>
  );
}

/** Artifacts that a version does not hold, as the module names them. */
export function AbsentArtifacts(props: { artifacts: string[] }) {
  return (
    <ul className={styles.absent}>
      {props.artifacts.map(artifact => (
        <li key={artifact}>{artifact}</li>
      ))}
    </ul>
  );
}
