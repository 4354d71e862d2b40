import { ReactElement } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { rpmApiRef, type RpmApi } from '../api';
import { webshop } from './fixtures';

/** Renders a part of the entity tab in an app of the new frontend system. */
export function renderOnEntityPage(
  element: ReactElement,
  options: {
    api: RpmApi;
    entity?: Entity;
    /** Whether the user may roll back. */
    allowed?: boolean;
    /** Query of the page's address. */
    search?: string;
  },
) {
  const { api, entity = webshop, allowed = true, search = '' } = options;
  return renderInTestApp(
    <EntityProvider entity={entity}>{element}</EntityProvider>,
    {
      initialRouteEntries: [`/${search}`],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [rpmApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: [webshop] })],
        [
          permissionApiRef,
          {
            authorize: async () => ({
              result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
            }),
          },
        ],
      ],
    },
  );
}
