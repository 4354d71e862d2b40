import type { RemotePatch } from '@rpmportal/backstage-plugin-rpm-common';
import { resolve, sep } from 'path';
import { fileURLToPath } from 'url';
import { InvalidInputError } from '../validation';

/** Schemes that can be synced from. */
const SCHEMES = new Set(['http:', 'https:', 'file:']);

const HOST_NOT_ALLOWED = 'The host is not one of the allowed remote hosts.';

/** What the platform's operators allow remotes to reach. */
export interface RemotePolicy {
  /** Folders that `file://` remotes must lie in; none allowed when empty. */
  allowedImportPaths: readonly string[];
  /** Host names, `*.` in front for all below one; any host when absent. */
  allowedHosts?: readonly string[];
}

function parseUrl(field: string, text: string): URL {
  if (!URL.canParse(text)) {
    throw InvalidInputError.field(field, 'Enter a valid URL.');
  }
  const url = new URL(text);
  if (url.username || url.password) {
    throw InvalidInputError.field(
      field,
      'The URL may not hold credentials; use the fields for them.',
    );
  }
  return url;
}

/** Undefined when the URL stands for no path: an encoded slash cannot be part of a name. */
function toPath(url: URL): string | undefined {
  try {
    return resolve(fileURLToPath(url));
  } catch {
    return undefined;
  }
}

/**
 * The path of a `file://` URL when it lies in an allowed folder.
 *
 * @throws InvalidInputError
 */
export function confineFileUrl(
  url: URL,
  policy: RemotePolicy,
  field = 'url',
): string {
  const path = url.host ? undefined : toPath(url);
  const allowed = policy.allowedImportPaths.some(folder => {
    const root = resolve(folder);
    return path === root || path?.startsWith(root + sep);
  });
  if (!path || !allowed) {
    throw InvalidInputError.field(
      field,
      'The path is not below one of the allowed import paths.',
    );
  }
  return path;
}

/** Whether a URL's host may be reached. */
export function isAllowedHost(url: URL, policy: RemotePolicy): boolean {
  return (
    policy.allowedHosts?.some(allowed => {
      const name = allowed.toLowerCase();
      return name.startsWith('*.')
        ? url.hostname.endsWith(name.slice(1))
        : url.hostname === name;
    }) ?? true
  );
}

/**
 * Checks that the configuration allows to fetch from an address.
 *
 * @param field - of the input, to be named otherwise
 * @throws InvalidInputError
 */
export function checkRemoteAddress(
  field: string,
  text: string,
  policy: RemotePolicy,
): URL {
  const url = parseUrl(field, text);
  if (!SCHEMES.has(url.protocol)) {
    throw InvalidInputError.field(field, 'Enter a valid URL.');
  }
  if (url.protocol === 'file:') {
    confineFileUrl(url, policy, field);
  } else if (!isAllowedHost(url, policy)) {
    throw InvalidInputError.field(field, HOST_NOT_ALLOWED);
  }
  return url;
}

/** A proxy is a host that is reached as well, and one that reaches any other. */
function checkProxy(text: string, policy: RemotePolicy): void {
  const url = parseUrl('proxy_url', text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw InvalidInputError.field('proxy_url', 'Enter a valid URL.');
  }
  if (!isAllowedHost(url, policy)) {
    throw InvalidInputError.field('proxy_url', HOST_NOT_ALLOWED);
  }
}

/** The address of a remote as it is stored: checked, with a trailing slash. */
export function normalizeRemoteUrl(text: string, policy: RemotePolicy): string {
  checkRemoteAddress('url', text, policy);
  return text.endsWith('/') ? text : `${text}/`;
}

/**
 * Rules of a remote besides its address, on the settings as they would be stored.
 *
 * @throws InvalidInputError
 */
export function checkRemoteRules(
  settings: RemotePatch,
  policy: RemotePolicy,
): void {
  if (settings.proxy_url) checkProxy(settings.proxy_url, policy);
  const user = Boolean(settings.proxy_username);
  const password = Boolean(settings.proxy_password);
  if (user !== password || (user && !settings.proxy_url)) {
    throw InvalidInputError.general(
      'proxy_username and proxy_password can only be given together, and with proxy_url.',
    );
  }
}
