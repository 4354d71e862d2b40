const REPODATA = /(^|\/)repodata\/*$/;
const REPOMD = /(^|\/)repodata\/repomd\.xml$/;

/** A path without what says nothing: `.`, empty parts. Leading `..` and `/` stay, to be refused. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${path.startsWith('/') && parts.length ? '/' : ''}${parts.join('/')}`;
}

/** A repository's folder; old files name its `repodata` instead. */
export function normalizeRepository(path: string): string {
  return normalizePath(path.replace(REPODATA, ''));
}

/** Whether a path is that of some repository's table of contents. */
export function isRepomd(path: string): boolean {
  return REPOMD.test(path);
}

/** `repodata/repomd.xml` of the repository in a folder. */
export function repomdOf(repository: string): string {
  return `${repository && `${repository}/`}repodata/repomd.xml`;
}
