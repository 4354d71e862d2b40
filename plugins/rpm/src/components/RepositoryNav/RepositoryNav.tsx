import { Button, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Repository } from '@rpmportal/backstage-plugin-rpm-common';
import { Link } from 'react-router-dom';
import { rpmTranslationRef } from '../../translations';
import { Loading } from '../Loading';
import styles from './RepositoryNav.module.css';

/** Lists repositories, each a link that selects it. */
export function RepositoryNav(props: {
  repositories: Repository[];
  selected: Repository;
  /** Where to find a repository. */
  linkTo: (repository: Repository) => string;
  loading: boolean;
  onMore?: () => void;
}) {
  const { repositories, selected, linkTo, loading, onMore } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  return (
    <nav aria-label={t('content.listLabel')} className={styles.root}>
      <ul className={styles.list}>
        {repositories.map(repository => (
          <li key={repository.pulp_href}>
            <Link
              to={linkTo(repository)}
              className={styles.link}
              aria-current={
                repository.pulp_href === selected.pulp_href ? 'true' : undefined
              }
            >
              <Text weight="bold" className={styles.name}>
                {repository.name}
              </Text>
              {repository.description && (
                <Text
                  variant="body-small"
                  color="secondary"
                  className={styles.description}
                >
                  {repository.description}
                </Text>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {loading && <Loading label={t('content.loading')} height={48} />}
      {onMore && (
        <Button variant="secondary" onPress={onMore}>
          {t('content.showMore')}
        </Button>
      )}
    </nav>
  );
}
