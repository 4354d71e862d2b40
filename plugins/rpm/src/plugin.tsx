import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiArchiveStackLine } from '@remixicon/react';

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
  extensions: [],
});
