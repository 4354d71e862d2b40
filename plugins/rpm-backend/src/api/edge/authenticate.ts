import type {
  AuthService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import type { Request } from 'express';

/**
 * Who calls: a Backstage user or service.
 *
 * @remarks
 * The `pulp` command can send a token as a header of its own or as the password of HTTP basic
 * authentication; both mean the same. Backstage itself does not know the second.
 *
 * @throws AuthenticationError
 */
export async function authenticate(
  req: Request,
  services: { auth: AuthService; httpAuth: HttpAuthService },
): Promise<BackstageCredentials> {
  const [scheme, value] = req.headers.authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'basic' || !value) {
    return services.httpAuth.credentials(req, { allow: ['user', 'service'] });
  }
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const token = decoded.slice(decoded.indexOf(':') + 1);
  const credentials = await services.auth.authenticate(token);
  if (services.auth.isPrincipal(credentials, 'none')) {
    throw new AuthenticationError('The token belongs to nobody');
  }
  return credentials;
}
