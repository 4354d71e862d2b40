import { createApiRef } from '@backstage/core-plugin-api';
import type { RpmApi } from './RpmApi';

/** Replaceable by the app, as any utility API. @public */
export const rpmApiRef = createApiRef<RpmApi>({ id: 'plugin.rpm.api' });
