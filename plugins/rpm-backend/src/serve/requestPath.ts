import { CONTENT_ROOT } from '../identifiers';

/** What a client asks for below the content root. */
export interface RequestPath {
  /** Decoded; none is empty, `.`, `..` or holds a slash. */
  parts: readonly string[];
  /** Whether the path ends in a slash. */
  isFolder: boolean;
}

/** Longer paths are nobody's; it bounds what is looked up for them. */
const LONGEST = 4096;

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function isPlain(part: string | undefined): part is string {
  return (
    part !== undefined && !/[/\p{Cc}]/u.test(part) && !/^\.{0,2}$/.test(part)
  );
}

/**
 * Reads a path as it came over the wire.
 *
 * @param raw - percent-encoded, relative to the content root: empty, or with a slash in front
 * @returns undefined when it can name nothing: not decodable, or with parts such as `..`
 */
export function parseRequestPath(raw: string): RequestPath | undefined {
  if (raw.length > LONGEST) return undefined;
  if (raw === '' || raw === '/') return { parts: [], isFolder: raw === '/' };
  const isFolder = raw.endsWith('/');
  const parts = raw
    .slice(1, isFolder ? -1 : undefined)
    .split('/')
    .map(decode);
  return parts.every(isPlain) ? { parts, isFolder } : undefined;
}

/** Encodes one part of a path. Blanks in file names are rare, plus signs are not: they stay. */
export function encodePart(part: string): string {
  return encodeURIComponent(part).replaceAll('%2B', '+');
}

/** The path from the server's root, encoded. */
export function encodePath({ parts, isFolder }: RequestPath): string {
  const path = `${CONTENT_ROOT}${parts.map(encodePart).join('/')}`;
  return isFolder && parts.length ? `${path}/` : path;
}

/** The path from the server's root as people read it. */
export function displayPath({ parts }: RequestPath): string {
  return [CONTENT_ROOT.slice(0, -1), ...parts, ''].join('/');
}
