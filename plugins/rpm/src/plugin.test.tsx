import { screen } from '@testing-library/react';
import type { Entity } from '@backstage/catalog-model';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { rpmApiRef } from './api';
import {
  FakeRpmApi,
  makeRepository,
  makeVersion,
  shopTeam,
  webshop,
} from './__testUtils__';
import rpmPlugin, { isRpmAvailable } from '.';

const repository = makeRepository();
const entityContent = rpmPlugin.getExtension('entity-content:rpm');

function renderPageOf(entity: Entity) {
  const api = new FakeRpmApi({
    repositories: [repository],
    versions: { [repository.name]: [makeVersion(repository, 0)] },
  });
  renderTestApp({
    extensions: [createTestEntityPage({ entity }), entityContent],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [rpmApiRef, api],
      [catalogApiRef, catalogApiMock({ entities: [webshop] })],
    ],
  });
}

describe('rpmPlugin', () => {
  it.each([webshop, shopTeam])('is on the page of a $kind', async entity => {
    renderPageOf(entity);
    expect(
      await screen.findByRole('heading', { name: repository.name }),
    ).toBeInTheDocument();
  });

  it('is on the pages of what repositories can belong to', () => {
    const filter = createExtensionTester(entityContent).get(
      EntityContentBlueprint.dataRefs.filterFunction,
    );
    const kinds = ['Component', 'Resource', 'System', 'Group', 'User', 'API'];
    for (const kind of kinds) {
      const entity = { ...webshop, kind };
      expect(filter?.(entity)).toBe(kind !== 'API');
      expect(isRpmAvailable(entity)).toBe(kind !== 'API');
    }
  });
});
