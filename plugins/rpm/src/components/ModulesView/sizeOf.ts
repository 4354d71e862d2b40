const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/**
 * A size in the user's language, to three digits at most.
 *
 * @param bytes - as packages tell it, 0 when they do not
 * @returns undefined when it is not known
 */
export function sizeOf(bytes: number): string | undefined {
  if (!bytes) return undefined;
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: UNITS[power],
    // Nobody writes “10 B”; all else is too long in full.
    unitDisplay: power ? 'short' : 'long',
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** power);
}
