import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiArchiveStackLine } from '@remixicon/react';
import { RpmApiClient, rpmApiRef } from './api';
import { RPM_ENTITY_KINDS } from './isRpmAvailable';

const rpmApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: rpmApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new RpmApiClient(apis),
    }),
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/rpm',
    title: 'RPM repositories',
    group: 'deployment',
    icon: <RiArchiveStackLine />,
    filter: { kind: { $in: RPM_ENTITY_KINDS } },
    loader: () =>
      import('./components/EntityRpmContent').then(m => <m.EntityRpmContent />),
  },
});

/**
 * RPM repositories on the pages of a Backstage portal.
 *
 * @public
 */
export const rpmPlugin = createFrontendPlugin({
  pluginId: 'rpm',
  title: 'RPM repositories',
  icon: <RiArchiveStackLine />,
  info: { packageJson: () => import('../package.json') },
  extensions: [rpmApi, entityContent],
});
