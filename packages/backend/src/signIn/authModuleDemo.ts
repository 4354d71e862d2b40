import { createBackendModule } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { signInWhenCataloged } from './signInWhenCataloged';

/** The users of examples/org.yaml; one provider `demo-<name>` for each. */
const DEMO_USERS = ['owner', 'visitor'];

/**
 * Signs in a user of the demo portal without a password.
 *
 * Whoever reaches the backend becomes that user, so it answers only where the
 * Backstage CLI runs the backend for development, never in a deployed one.
 */
const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize() {},
  async authenticate() {
    if (process.env.NODE_ENV !== 'development') {
      throw new NotAllowedError(
        'The demo users can only sign in to a portal started for development; configure another sign-in provider',
      );
    }
    return { result: undefined };
  },
});

/** The demo portal's sign-in: a choice of users, no passwords. */
export const authModuleDemo = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        for (const name of DEMO_USERS) {
          providers.registerProvider({
            providerId: `demo-${name}`,
            factory: createProxyAuthProviderFactory({
              authenticator: demoAuthenticator,
              signInResolver: (_info, context) =>
                signInWhenCataloged(context, name),
            }),
          });
        }
      },
    });
  },
});
