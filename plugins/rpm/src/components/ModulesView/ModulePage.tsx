import { Alert, Badge, Flex, Link, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ModuleDetails } from '../../api';
import {
  completenessOf,
  streamNameOf,
  useModule,
  useModuleAddress,
} from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { Fact, Facts } from '../Facts';
import { LoadFailure } from '../LoadFailure';
import { Loading } from '../Loading';
import { AbsentArtifacts, PresentArtifacts } from './ArtifactLists';
import { CompletenessMark } from './CompletenessMark';
import styles from './ModulesView.module.css';

/** One module: what it is, what it needs, and which of its artifacts a version holds. */
export function ModulePage(props: {
  /** Href of the version. */
  version: string;
  /** UUID of the module. */
  id: string;
}) {
  const { version, id } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { address, linkTo } = useModuleAddress();
  const { value, error, loading, retry } = useModule(version, id);

  return (
    <Flex direction="column" gap="4">
      <Link href={linkTo({ version: address.version })}>
        {t('modules.back')}
      </Link>
      {error && (
        <LoadFailure
          title={t('failure.module')}
          error={error}
          onRetry={retry}
        />
      )}
      {!value && loading && (
        <Loading label={t('modules.loading')} height={240} />
      )}
      {value && <Module module={value.module} isDefault={value.isDefault} />}
      {value === null && (
        <Alert status="info" icon title={t('modules.notHere')} />
      )}
    </Flex>
  );
}

function Module(props: { module: ModuleDetails; isDefault: boolean }) {
  const { module, isDefault } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const completeness = completenessOf(module);
  const { missing, missingSources } = completeness;
  const requires = module.dependencies.flatMap(({ requires: needed = {} }) =>
    Object.entries(needed).map(([name, streams]) =>
      streams.length ? streams.map(stream => `${name}:${stream}`) : [name],
    ),
  );
  return (
    <>
      <Flex direction="column" gap="2">
        <Flex gap="2" align="center">
          <Text as="h3" variant="title-x-small" weight="bold">
            {streamNameOf(module)}
          </Text>
          {isDefault && <Badge>{t('modules.default')}</Badge>}
        </Flex>
        {module.description && (
          <Text color="secondary" className={styles.wrapped}>
            {module.description}
          </Text>
        )}
      </Flex>
      <Facts>
        <Fact name={t('packages.version')}>{module.version}</Fact>
        <Fact name={t('modules.context')}>{module.context}</Fact>
        <Fact name={t('packages.arch')}>{module.arch}</Fact>
        <Fact name={t('modules.requires')}>
          {requires.map(streams => streams.join(t('modules.or'))).join(', ')}
        </Fact>
        <Fact name={t('modules.artifacts')}>
          <CompletenessMark value={completeness} />
        </Fact>
      </Facts>
      {missing.length > 0 && (
        <Alert
          role="alert"
          status="warning"
          icon
          title={t('modules.absent', { count: missing.length })}
          description={
            <Flex direction="column" gap="2">
              <Text>{t('modules.absentHint')}</Text>
              <AbsentArtifacts artifacts={missing} />
            </Flex>
          }
        />
      )}
      <Profiles profiles={module.profiles} />
      <PresentArtifacts artifacts={module.pulp_artifacts_map} />
      {missingSources.length > 0 && (
        <section aria-label={t('modules.absentSources')}>
          <Flex direction="column" gap="2">
            <Text as="h4" weight="bold">
              {t('modules.absentSources')}
            </Text>
            <Text color="secondary">{t('modules.absentSourcesHint')}</Text>
            <AbsentArtifacts artifacts={missingSources} />
          </Flex>
        </section>
      )}
    </>
  );
}

/** What clients install of the module, by what they are used for. */
function Profiles(props: { profiles: ModuleDetails['profiles'] }) {
  const { t } = useTranslationRef(rpmTranslationRef);
  const profiles = Object.entries(props.profiles);
  if (!profiles.length) return null;
  return (
    <section aria-label={t('modules.profiles')}>
      <Flex direction="column" gap="2">
        <Text as="h4" weight="bold">
          {t('modules.profiles')}
        </Text>
        <Facts>
          {profiles.map(([name, packages]) => (
            <Fact key={name} name={name}>
              {packages.join(', ') || t('modules.emptyProfile')}
            </Fact>
          ))}
        </Facts>
      </Flex>
    </section>
  );
}
