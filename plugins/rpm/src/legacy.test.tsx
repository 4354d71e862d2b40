import { screen } from '@testing-library/react';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Route, Routes } from 'react-router-dom';
import { FakeRpmApi } from './__testUtils__/FakeRpmApi';
import { makeRepository, makeVersion, webshop } from './__testUtils__/fixtures';
import { EntityRpmContent, rpmApiRef, rpmPlugin } from './legacy';

describe('EntityRpmContent of an old app', () => {
  it('shows the repositories of the entity', async () => {
    const repository = makeRepository();
    const api = new FakeRpmApi({
      repositories: [repository],
      versions: { [repository.name]: [makeVersion(repository, 0)] },
    });

    await renderInTestApp(
      <TestApiProvider
        apis={[
          [rpmApiRef, api],
          [catalogApiRef, catalogApiMock({ entities: [webshop] })],
          [
            permissionApiRef,
            { authorize: async () => ({ result: AuthorizeResult.DENY }) },
          ],
        ]}
      >
        <EntityProvider entity={webshop}>
          <Routes>
            <Route path="/rpm" element={<EntityRpmContent />} />
          </Routes>
        </EntityProvider>
      </TestApiProvider>,
      {
        routeEntries: ['/rpm'],
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );

    expect(
      await screen.findByRole('heading', { name: repository.name }),
    ).toBeInTheDocument();
    expect(await screen.findByText('Repository created')).toBeInTheDocument();
    expect(
      await screen.findByText(/Only the owners of this repository/),
    ).toBeInTheDocument();
  });

  it('brings the client of the API', () => {
    expect([...rpmPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      rpmApiRef.id,
    ]);
  });
});
