import { Alert, Button, Flex, Link, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DateTime } from 'luxon';
import type { PackageDetails } from '../../api';
import {
  nevraOf,
  streamNameOf,
  unitIdOf,
  useModuleAddress,
  useModulesOfPackage,
  usePackage,
} from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { Fact, Facts } from '../Facts';
import { LoadFailure } from '../LoadFailure';
import { Loading } from '../Loading';
import { Timestamp } from '../Timestamp';
import { sizeOf } from './sizeOf';
import styles from './ModulesView.module.css';

/** One package of a version, and the modules there that it belongs to. */
export function PackagePage(props: {
  /** Href of the version. */
  version: string;
  /** UUID of the package. */
  id: string;
}) {
  const { version, id } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { address, linkTo } = useModuleAddress();
  const { value, error, loading, retry } = usePackage(version, id);

  return (
    <Flex direction="column" gap="4">
      <Link href={linkTo({ ...address, package: undefined })}>
        {t(address.module ? 'modules.backToModule' : 'modules.back')}
      </Link>
      {error && (
        <LoadFailure
          title={t('failure.package')}
          error={error}
          onRetry={retry}
        />
      )}
      {!value && loading && (
        <Loading label={t('packages.loading')} height={240} />
      )}
      {value && (
        <>
          <About unit={value} />
          <ModulesOfPackage version={version} href={value.pulp_href} />
        </>
      )}
      {value === null && (
        <Alert status="info" icon title={t('packages.notHere')} />
      )}
    </Flex>
  );
}

function About(props: { unit: PackageDetails }) {
  const { unit } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const built = unit.time_build
    ? DateTime.fromSeconds(unit.time_build).toISO()
    : null;
  return (
    <>
      <Flex direction="column" gap="2">
        <Text
          as="h3"
          variant="title-x-small"
          weight="bold"
          className={styles.wrapped}
        >
          {nevraOf(unit)}
        </Text>
        <Text color="secondary">{unit.summary}</Text>
      </Flex>
      <Facts>
        <Fact name={t('packages.license')}>{unit.rpm_license}</Fact>
        <Fact name={t('packages.size')}>{sizeOf(unit.size_package)}</Fact>
        <Fact name={t('packages.installedSize')}>
          {sizeOf(unit.size_installed)}
        </Fact>
        <Fact name={t('packages.built')}>
          {built && <Timestamp value={built} />}
        </Fact>
        <Fact name={t('packages.source')}>{unit.rpm_sourcerpm}</Fact>
        <Fact name={t('packages.home')}>
          {unit.url && <Home url={unit.url} />}
        </Fact>
      </Facts>
      {unit.description && (
        <Text className={styles.text}>{unit.description}</Text>
      )}
    </>
  );
}

/** What packages say of their home is anything; only what a browser can safely open is a link. */
function Home(props: { url: string }) {
  const { url } = props;
  return /^https?:\/\//i.test(url) ? <Link href={url}>{url}</Link> : <>{url}</>;
}

function ModulesOfPackage(props: { version: string; href: string }) {
  const { t } = useTranslationRef(rpmTranslationRef);
  const { address, linkTo } = useModuleAddress();
  const list = useModulesOfPackage(props.version, props.href);
  const { items, count, error, loading, more, reload } = list;
  if (error) {
    return (
      <LoadFailure
        title={t('failure.modules')}
        error={error}
        onRetry={reload}
      />
    );
  }
  return (
    <section aria-label={t('packages.modules')}>
      <Flex direction="column" gap="2">
        <Text as="h4" weight="bold">
          {t('packages.modules')}
        </Text>
        {items.length > 0 && (
          <ul className={styles.artifacts}>
            {items.map(module => (
              <li key={module.pulp_href}>
                <Link
                  href={linkTo({
                    version: address.version,
                    module: unitIdOf(module.pulp_href),
                  })}
                >
                  {streamNameOf(module)}
                </Link>{' '}
                <Text color="secondary">
                  {module.version}, {module.context}, {module.arch}
                </Text>
              </li>
            ))}
          </ul>
        )}
        {loading && <Loading label={t('modules.loading')} height={40} />}
        {!loading && !items.length && (
          <Text color="secondary">{t('packages.noModules')}</Text>
        )}
        {more && (
          <Button variant="tertiary" onPress={more}>
            {t('diff.showMore', { number: String(count - items.length) })}
          </Button>
        )}
      </Flex>
    </section>
  );
}
