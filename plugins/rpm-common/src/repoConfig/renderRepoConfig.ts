/** Values that clients must not be left to guess. */
const DEFAULTS: Record<string, unknown> = {
  repo_gpgcheck: 0,
  gpgcheck: 0,
  enabled: 1,
};

/** Objects may have anything under `toString`, so that they are not asked for their text. */
function toText(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value)
    : String(value ?? '');
}

/** One line: a line break in a value would begin another setting. */
function toValue(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map(toText).join(' ')
    : toText(value);
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** What of a name dnf accepts as the id of a repository, which may not be empty. @public */
export function repoIdOf(name: string): string {
  return name.replace(/[^\w.:-]/g, '') || 'repository';
}

/**
 * Renders a `.repo` file for dnf and yum, as a distribution serves it and as the portal offers it.
 *
 * @param settings - further lines; those for name and address are not heeded
 * @public
 */
export function renderRepoConfig(
  name: string,
  baseUrl: string,
  settings: Record<string, unknown>,
): string {
  const given = Object.entries(settings).filter(
    ([key]) => /^\w[\w.-]*$/.test(key) && key !== 'name' && key !== 'baseurl',
  );
  const lines = Object.entries({
    ...Object.fromEntries(given),
    ...Object.fromEntries(
      Object.entries(DEFAULTS).filter(([key]) => !Object.hasOwn(settings, key)),
    ),
  }).map(([key, value]) => `${key}=${toValue(value)}`);
  return [
    `[${repoIdOf(name)}]`,
    `name=${toValue(name)}`,
    `baseurl=${baseUrl}`,
    ...lines,
    '',
  ].join('\n');
}
