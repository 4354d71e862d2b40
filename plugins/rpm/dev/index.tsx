import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { rpmApiRef } from '../src';
import { shopTeam, webshop } from '../src/__testUtils__/fixtures';
import rpmPlugin from '../src';
import { DevRpmApi } from './DevRpmApi';

const catalog = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () =>
            new InMemoryCatalogClient({ entities: [webshop, shopTeam] }),
        }),
    }),
  ],
});

const rpm = createFrontendModule({
  pluginId: 'rpm',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: rpmApiRef,
          deps: {},
          factory: () => new DevRpmApi(),
        }),
    }),
  ],
});

// The user owns the development repository only, so that both views can be seen.
const permission = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'permission',
      params: defineParams =>
        defineParams({
          api: permissionApiRef,
          deps: {},
          factory: () => ({
            authorize: async request => ({
              result: JSON.stringify(request).includes('development')
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
            }),
          }),
        }),
    }),
  ],
});

createDevApp({
  features: [catalogPlugin, rpmPlugin, catalog, rpm, permission],
});
