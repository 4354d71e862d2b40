/** Lines that a `.repo` file has unless the repository's configuration says otherwise. */
const DEFAULTS = { enabled: 1, repo_gpgcheck: 0, gpgcheck: 0 };

/**
 * Renders the `.repo` file with which dnf installs from an address.
 *
 * @param name - of the distribution; characters that an id may not have are left out of the id
 * @param baseUrl - ends in `/`
 * @param settings - the repository's `repo_config`, whose name and address do not count
 */
export function renderRepoFile(
  name: string,
  baseUrl: string,
  settings: Record<string, unknown>,
): string {
  const lines = { ...DEFAULTS, ...settings, name, baseurl: baseUrl };
  const { name: title, baseurl, ...others } = lines;
  return [
    `[${repoIdOf(name)}]`,
    `name=${title}`,
    `baseurl=${baseurl}`,
    ...Object.entries(others).map(([key, value]) => `${key}=${value}`),
    '',
  ].join('\n');
}

/** What dnf accepts as an id, and what names the file. */
export function repoIdOf(name: string): string {
  return name.replace(/[^\w.:-]/g, '');
}
