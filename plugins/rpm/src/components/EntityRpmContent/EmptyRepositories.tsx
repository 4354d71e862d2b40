import { Flex, Text } from '@backstage/ui';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ANNOTATION_RPM_REPOSITORY } from '@rpmportal/backstage-plugin-rpm-common';
import useAsync from 'react-use/esm/useAsync';
import { isOwner } from '../../hooks';
import { rpmTranslationRef } from '../../translations';
import { Snippet } from '../Snippet';

/** Says what to do for an entity that has no repositories. */
export function EmptyRepositories(props: { entity: Entity }) {
  const { entity } = props;
  const { t } = useTranslationRef(rpmTranslationRef);
  const discovery = useApi(discoveryApiRef);
  const { value: baseUrl } = useAsync(() => discovery.getBaseUrl('rpm'));

  const owner = isOwner(entity);
  const body = {
    name: entity.metadata.name,
    [owner ? 'owner' : 'entity']: stringifyEntityRef(entity),
  };
  const create = [
    'curl --fail-with-body -X POST \\',
    '  -H "Authorization: Bearer $TOKEN" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify(body)}' \\`,
    `  ${baseUrl ?? ''}/pulp/api/v3/repositories/rpm/rpm/`,
  ];
  const annotation = [
    'metadata:',
    '  annotations:',
    `    ${ANNOTATION_RPM_REPOSITORY}: ${entity.metadata.name}`,
  ];
  return (
    <Flex direction="column" gap="4">
      <Flex direction="column" gap="1">
        <Text as="h2" variant="title-small" weight="bold">
          {t('empty.title')}
        </Text>
        <Text color="secondary">
          {t(owner ? 'empty.ofOwner' : 'empty.ofEntity')}
        </Text>
      </Flex>
      <Flex direction="column" gap="2">
        <Text as="h3" variant="body-large" weight="bold">
          {t('empty.createTitle')}
        </Text>
        <Text>{t(owner ? 'empty.createOfOwner' : 'empty.createOfEntity')}</Text>
        <Snippet title={t('empty.shell')} text={create.join('\n')} />
      </Flex>
      <Flex direction="column" gap="2">
        <Text as="h3" variant="body-large" weight="bold">
          {t('empty.annotateTitle')}
        </Text>
        <Text>{t('empty.annotate')}</Text>
        <Snippet title={t('empty.file')} text={annotation.join('\n')} />
      </Flex>
    </Flex>
  );
}
