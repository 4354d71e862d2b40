const TYPES: Record<string, string> = {
  rpm: 'application/x-rpm',
  xml: 'text/xml',
  gz: 'application/gzip',
  zst: 'application/zstd',
  xz: 'application/x-xz',
  bz2: 'application/x-bzip2',
  yaml: 'application/yaml',
  asc: 'application/pgp-signature',
  key: 'application/pgp-keys',
  txt: 'text/plain; charset=utf-8',
  repo: 'text/plain; charset=utf-8',
};

/** The media type of a file, by the end of its name. */
export function contentTypeOf(name: string): string {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  return Object.hasOwn(TYPES, extension)
    ? TYPES[extension]
    : 'application/octet-stream';
}

/** What says of a repository's metadata what is current, so nobody may keep it unasked. */
const ALWAYS_ASK = new Set(['repomd.xml', 'repomd.xml.asc', 'repomd.xml.key']);

/**
 * For how long a file may be kept. Never to be transformed: proxies that compress would break
 * ranges and checksums.
 */
export function cacheControlOf(name: string): string {
  return ALWAYS_ASK.has(name) ? 'no-cache, no-transform' : 'no-transform';
}
