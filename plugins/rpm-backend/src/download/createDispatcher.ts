import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { RemoteRecord } from '../remote/types';

/** Defaults in seconds; zero in a remote means no limit. */
const CONNECT_TIMEOUT = 30;
const READ_TIMEOUT = 120;

function milliseconds(
  seconds: number | null | undefined,
  fallback: number,
): number {
  return Math.round((seconds ?? fallback) * 1000);
}

function basic(user: string, password: string): string {
  const credentials = Buffer.from(`${user}:${password}`).toString('base64');
  return `Basic ${credentials}`;
}

/** The value of the Authorization header for a remote's own server. */
export function authorizationOf(remote: RemoteRecord): string | undefined {
  const { username, password } = remote.secrets;
  return username || password
    ? basic(username ?? '', password ?? '')
    : undefined;
}

/** The connections of a remote: certificates, proxy and time limits as it says. */
export function createDispatcher(remote: RemoteRecord): Dispatcher {
  const { settings, secrets } = remote;
  const timeout = milliseconds(
    settings.sock_connect_timeout ?? settings.connect_timeout,
    CONNECT_TIMEOUT,
  );
  const readTimeout = milliseconds(settings.sock_read_timeout, READ_TIMEOUT);
  const tls = {
    // A certificate authority of its own replaces the well-known ones.
    ca: settings.ca_cert ?? undefined,
    cert: settings.client_cert ?? undefined,
    key: secrets.client_key ?? undefined,
    rejectUnauthorized: settings.tls_validation ?? true,
  };
  const options = { headersTimeout: readTimeout, bodyTimeout: readTimeout };
  if (!settings.proxy_url) {
    return new Agent({ ...options, connect: { ...tls, timeout } });
  }
  return new ProxyAgent({
    ...options,
    uri: settings.proxy_url,
    token: secrets.proxy_username
      ? basic(secrets.proxy_username, secrets.proxy_password ?? '')
      : undefined,
    requestTls: { ...tls, timeout },
    proxyTls: { timeout },
    // Many proxies refuse tunnels to anything but port 443.
    proxyTunnel: false,
  });
}
