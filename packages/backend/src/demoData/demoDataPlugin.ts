import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { RpmClient } from '@rpmportal/backstage-plugin-rpm-common';
import { resolve } from 'path';
import { loadDemoData } from './loadDemoData';

/**
 * Fills an empty demo portal with the shop team's repositories, through the API that everybody uses.
 * Nothing happens where `rpmDemo.examples` is not configured, or where the repositories are there.
 */
export const demoDataPlugin = createBackendPlugin({
  pluginId: 'rpm-demo',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ auth, config, discovery, lifecycle, logger }) {
        const examples = config.getOptionalString('rpmDemo.examples');
        if (!examples) return;
        const client = new RpmClient({
          discoveryApi: discovery,
          fetchApi: {
            fetch: async (input, init) => {
              const { token } = await auth.getPluginRequestToken({
                onBehalfOf: await auth.getOwnServiceCredentials(),
                targetPluginId: 'rpm',
              });
              const headers = new Headers(init?.headers);
              headers.set('Authorization', `Bearer ${token}`);
              return fetch(input, { ...init, headers });
            },
          },
        });
        const stopping = new AbortController();
        lifecycle.addShutdownHook(() => stopping.abort());
        // The portal is up meanwhile; it shows each repository when it is there.
        lifecycle.addStartupHook(() => {
          loadDemoData({
            client,
            examples: resolve(examples),
            signal: stopping.signal,
            logger,
          }).catch(error => {
            if (!stopping.signal.aborted) {
              logger.error('Cannot load the demo data', error);
            }
          });
        });
      },
    });
  },
});
