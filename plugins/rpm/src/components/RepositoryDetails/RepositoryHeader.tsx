import { Badge, Button, Flex, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RiFolderTransferLine } from '@remixicon/react';
import type {
  Repository,
  RepositoryVersion,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Owner } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { Fact, Facts } from '../Facts';
import { Loading } from '../Loading';
import { RefLink } from '../RefLink';
import { Timestamp } from '../Timestamp';
import styles from './RepositoryDetails.module.css';

/** What a repository is, whose, and how far it has come. */
export function RepositoryHeader(props: {
  repository: Repository;
  owner: Owner;
  /** Undefined while it is read. */
  latest?: RepositoryVersion;
  /** Undefined while something is copied. */
  onCopy?: (version: RepositoryVersion) => void;
}) {
  const { repository, owner, latest, onCopy } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const labels = Object.entries(repository.pulp_labels);
  return (
    <Flex direction="column" gap="3">
      <div className={styles.title}>
        <Flex direction="column" gap="1">
          <Text as="h2" variant="title-small" weight="bold">
            {repository.name}
          </Text>
          {repository.description && (
            <Text color="secondary">{repository.description}</Text>
          )}
        </Flex>
        <Button
          variant="primary"
          iconStart={<RiFolderTransferLine />}
          isDisabled={!latest || !onCopy}
          onPress={() => latest && onCopy?.(latest)}
        >
          {t('copying.open')}
        </Button>
      </div>
      <Facts>
        <Fact name={t('repository.owner')}>
          <OwnerFact owner={owner} />
        </Fact>
        {repository.entity && (
          <Fact name={t('repository.entity')}>
            <RefLink value={repository.entity} />
          </Fact>
        )}
        <Fact name={t('repository.latestVersion')}>
          {latest ? (
            <Text>
              {t('repository.versionNumber', { number: String(latest.number) })}
              {', '}
              <Timestamp value={latest.pulp_created} />
            </Text>
          ) : (
            <Loading label={t('content.loading')} width={160} height={20} />
          )}
        </Fact>
        {labels.length > 0 && (
          <Fact name={t('repository.labels')}>
            <Flex gap="1">
              {labels.map(([key, value]) => (
                <Badge key={key}>{value ? `${key}: ${value}` : key}</Badge>
              ))}
            </Flex>
          </Fact>
        )}
      </Facts>
    </Flex>
  );
}

function OwnerFact(props: { owner: Owner }) {
  const { loading, ref } = props.owner;
  const { t } = useTranslationRef(rpmTranslationRef);
  if (loading) {
    return <Loading label={t('content.loading')} width={120} height={20} />;
  }
  return ref ? <RefLink value={ref} /> : <Text>{t('repository.noOwner')}</Text>;
}
