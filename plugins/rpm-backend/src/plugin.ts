import { createBackendPlugin } from '@backstage/backend-plugin-api';

/**
 * RPM repositories as part of a Backstage backend.
 *
 * @public
 */
export const rpmPlugin = createBackendPlugin({
  pluginId: 'rpm',
  register(env) {
    env.registerInit({ deps: {}, async init() {} });
  },
});
