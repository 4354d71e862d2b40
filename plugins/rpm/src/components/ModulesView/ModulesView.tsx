import { Flex, Link, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';
import { useModuleAddress, versionNumberOf } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { ModulePage } from './ModulePage';
import { ModuleTable } from './ModuleTable';
import { PackagePage } from './PackagePage';
import styles from './ModulesView.module.css';

/**
 * The modules of a version, one of them with its artifacts, or one of its packages. Which is part of
 * the page's address, so that each can be linked to and gone back from.
 */
export function ModulesView(props: {
  repository: Repository;
  /** Href of the repository's latest version. */
  latest: string;
}) {
  const { repository, latest } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { address, linkTo } = useModuleAddress();
  const latestNumber = versionNumberOf(latest);
  const number = address.version ?? latestNumber;
  const version = `${repository.versions_href}${number}/`;
  const isLatest = number === latestNumber;

  return (
    <Flex direction="column" gap="3">
      <div className={styles.version}>
        <Text color="secondary">
          {t(isLatest ? 'modules.ofLatest' : 'modules.ofVersion', {
            number: String(number),
          })}
        </Text>
        {!isLatest && (
          <Link href={linkTo({})}>
            {t('modules.showLatest', { number: String(latestNumber) })}
          </Link>
        )}
      </div>
      <Shown key={version} version={version} />
    </Flex>
  );
}

function Shown(props: { version: string }) {
  const { version } = props;
  const { address } = useModuleAddress();
  if (address.package) {
    return (
      <PackagePage
        key={address.package}
        version={version}
        id={address.package}
      />
    );
  }
  if (address.module) {
    return (
      <ModulePage key={address.module} version={version} id={address.module} />
    );
  }
  return <ModuleTable version={version} />;
}
