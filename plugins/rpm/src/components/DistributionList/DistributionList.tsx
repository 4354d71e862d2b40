import { Badge, Card, CardBody, CardHeader, Flex, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RiFlagLine } from '@remixicon/react';
import {
  renderRepoConfig,
  repoIdOf,
  type Distribution,
  type Repository,
} from '@rpmportal/backstage-plugin-rpm-common';
import { rpmTranslationRef } from '../../translations';
import { LoadFailure } from '../LoadFailure';
import { Loading } from '../Loading';
import { Snippet } from '../Snippet';

/** Where a repository is served, each with the file that makes dnf use it. */
export function DistributionList(props: {
  repository: Repository;
  /** Undefined while they are read. */
  distributions?: Distribution[];
  error?: Error;
  onRetry: () => void;
  /** Time stamp of the newest checkpoint; undefined when there is none. */
  newestStamp?: string;
}) {
  const { repository, distributions, error, onRetry, newestStamp } = props;
  const { t } = useTranslationRef(rpmTranslationRef);

  if (error) {
    return (
      <LoadFailure
        title={t('failure.distributions')}
        error={error}
        onRetry={onRetry}
      />
    );
  }
  if (!distributions) {
    return <Loading label={t('distributions.loading')} height={160} />;
  }
  if (!distributions.length) {
    return <Text>{t('distributions.empty')}</Text>;
  }
  return (
    <Flex direction="column" gap="4">
      <Text>{t('distributions.public')}</Text>
      {distributions.map(distribution => (
        <DistributionCard
          key={distribution.pulp_href}
          distribution={distribution}
          settings={repository.repo_config}
          newestStamp={newestStamp}
        />
      ))}
    </Flex>
  );
}

function DistributionCard(props: {
  distribution: Distribution;
  settings: Record<string, unknown>;
  newestStamp?: string;
}) {
  const { distribution, settings, newestStamp } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const { name, base_url: baseUrl, checkpoint } = distribution;

  const served = !checkpoint
    ? baseUrl
    : newestStamp && `${baseUrl}${newestStamp}/`;
  return (
    <Card>
      <CardHeader>
        <Flex align="center" gap="2">
          <Text as="h3" variant="body-large" weight="bold">
            {name}
          </Text>
          {checkpoint && (
            <Badge icon={<RiFlagLine aria-hidden />}>
              {t('checkpoints.tab')}
            </Badge>
          )}
        </Flex>
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="3">
          <Text color="secondary">
            {t(
              checkpoint
                ? 'distributions.servesCheckpoints'
                : 'distributions.serves',
            )}
          </Text>
          {served ? (
            <Snippet
              title={t('distributions.snippet', { name: repoIdOf(name) })}
              text={renderRepoConfig(name, served, settings)}
            />
          ) : (
            <Text>{t('distributions.noCheckpoint')}</Text>
          )}
        </Flex>
      </CardBody>
    </Card>
  );
}
