import { resolveLocation } from '../download/locations';

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\//i;
/** Separators and ends of text that a server or a file system would decode. */
const HIDDEN_SEPARATOR = /%(2f|5c|00)/i;

/** A file that metadata places where a remote has no business. */
export class LocationError extends Error {
  constructor(location: string, problem: string) {
    super(`has the location "${location.slice(0, 200)}", which ${problem}`);
    this.name = 'LocationError';
  }
}

function isBelow(url: URL, root: URL): boolean {
  return (
    url.origin === root.origin &&
    url.protocol === root.protocol &&
    url.pathname.startsWith(root.pathname)
  );
}

/**
 * The URL of a file that metadata names: its path encoded, and never outside of the remote.
 *
 * @param root - URL of the repository, with a trailing slash
 * @param base - an `xml:base`: another place on the web, or a folder of this repository
 * @throws LocationError
 */
export function locate(root: string, location: string, base?: string): string {
  const folder = base === undefined ? new URL(root) : locateBase(root, base);
  if (ABSOLUTE.test(location) || location.startsWith('/')) {
    throw new LocationError(location, 'is not a path below the repository');
  }
  const url = resolveLocation(folder.href, location);
  if (!isBelow(url, folder) || url.pathname === folder.pathname) {
    throw new LocationError(location, 'leads out of the repository');
  }
  if (HIDDEN_SEPARATOR.test(location)) {
    throw new LocationError(location, 'hides a separator');
  }
  return url.href;
}

function locateBase(root: string, base: string): URL {
  const text = base.endsWith('/') ? base : `${base}/`;
  if (!URL.canParse(text, root)) {
    throw new LocationError(base, 'is no address');
  }
  const url = new URL(text, root);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isWeb && !isBelow(url, new URL(root))) {
    throw new LocationError(base, 'is neither on the web nor here');
  }
  return url;
}
