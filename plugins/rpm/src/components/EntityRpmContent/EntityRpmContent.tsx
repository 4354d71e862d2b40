import { Alert, Flex } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  ANNOTATION_RPM_REPOSITORY,
  type Repository,
} from '@rpmportal/backstage-plugin-rpm-common';
import { useSearchParams } from 'react-router-dom';
import { MODULE_ADDRESS, useRepositories } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { LoadFailure } from '../LoadFailure';
import { Loading } from '../Loading';
import { RepositoryDetails, toView } from '../RepositoryDetails';
import { RepositoryNav } from '../RepositoryNav';
import { EmptyRepositories } from './EmptyRepositories';
import styles from './EntityRpmContent.module.css';

/**
 * The tab of an entity's page: its repositories, one of them in detail. Which one, and what of it,
 * is part of the address.
 */
export function EntityRpmContent() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(rpmTranslationRef);
  const [params, setParams] = useSearchParams();
  const { items, missing, loading, error, more, reload } =
    useRepositories(entity);

  const selected =
    items.find(({ name }) => name === params.get('repository')) ?? items[0];
  function linkTo(repository: Repository): string {
    const changed = withoutModule(params);
    changed.set('repository', repository.name);
    return `?${changed}`;
  }

  if (error) {
    return (
      <LoadFailure
        title={t('failure.repositories')}
        error={error}
        onRetry={reload}
      />
    );
  }
  if (loading && !items.length) {
    return (
      <div className={styles.columns}>
        <Loading label={t('content.loading')} height={120} />
        <Loading label={t('content.loading')} height={320} />
      </div>
    );
  }
  return (
    <Flex direction="column" gap="4">
      {missing.length > 0 && (
        <Alert
          status="warning"
          icon
          title={t('content.missing', {
            annotation: ANNOTATION_RPM_REPOSITORY,
            names: missing.join(', '),
          })}
        />
      )}
      {selected ? (
        <div className={styles.columns}>
          <RepositoryNav
            repositories={items}
            selected={selected}
            linkTo={linkTo}
            loading={loading}
            onMore={more}
          />
          <RepositoryDetails
            key={selected.pulp_href}
            repository={selected}
            view={toView(params.get('view'))}
            onViewChange={view =>
              setParams(
                before => {
                  const changed = withoutModule(before);
                  changed.set('view', view);
                  return changed;
                },
                { replace: true },
              )
            }
          />
        </div>
      ) : (
        <EmptyRepositories entity={entity} />
      )}
    </Flex>
  );
}

/** What is shown of a version's modules says nothing about other views and repositories. */
function withoutModule(params: URLSearchParams): URLSearchParams {
  const changed = new URLSearchParams(params);
  for (const name of MODULE_ADDRESS) changed.delete(name);
  return changed;
}
