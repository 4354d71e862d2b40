/**
 * RPM repositories on the pages of a Backstage portal, for its old frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { RpmApiClient, rpmApiRef } from './api';

const entityContentRouteRef = createRouteRef({ id: 'rpm.entity' });

/**
 * The plugin of the old frontend system, which brings the API client.
 *
 * @public
 */
export const rpmPlugin = createPlugin({
  id: 'rpm',
  apis: [
    createApiFactory({
      api: rpmApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new RpmApiClient(apis),
    }),
  ],
  routes: { entityContent: entityContentRouteRef },
});

/**
 * The tab with an entity's repositories, to be put into an `EntityLayout.Route` of path `/rpm`.
 *
 * @public
 */
export const EntityRpmContent = rpmPlugin.provide(
  createRoutableExtension({
    name: 'EntityRpmContent',
    component: () =>
      import('./components/EntityRpmContent').then(m => m.EntityRpmContent),
    mountPoint: entityContentRouteRef,
  }),
);

export * from './api';
export { isRpmAvailable } from './isRpmAvailable';
