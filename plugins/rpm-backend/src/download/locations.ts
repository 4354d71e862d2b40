import { toUSVString } from 'util';

/** Schemes that an absolute location may have. */
const ABSOLUTE = /^(https?|file):/i;

function encodeSegment(segment: string): string {
  return toUSVString(segment)
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((part, i) => (i % 2 ? part : encodeURIComponent(part)))
    .join('');
}

/**
 * The URL of a location: absolute ones stay, paths are put below the root. Metadata name paths as
 * they are on disk, and servers take `+` for a blank and refuse `^`; so everything is encoded that
 * may be, except what is encoded already.
 */
export function resolveLocation(root: string, location: string): URL {
  if (ABSOLUTE.test(location)) return new URL(location);
  const url = new URL(root);
  const folder = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  const path = location.split('/').map(encodeSegment).join('/');
  url.pathname = folder + path.replace(/^\/+/, '');
  return url;
}

/** A URL as users may see it: without credentials, and without a query, which may hold a token. */
export function describeUrl(url: URL): string {
  return url.protocol === 'file:'
    ? `file://${url.pathname}`
    : `${url.origin}${url.pathname}`;
}
