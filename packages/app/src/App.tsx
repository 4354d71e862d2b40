import { createApp } from '@backstage/frontend-defaults';
import { signInModule } from './signIn';

/** The portal. Plugins come from package.json, see `app.packages`. */
export const app = createApp({ features: [signInModule] });
