import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CopyReport } from '@rpmportal/backstage-plugin-rpm-common';

/**
 * Logs what a copy lacks, as the guide to the copy of Pulp promises: requirements that may not be
 * missing, what its advisories list, modules and what they name. As much as the report names; the
 * rest is counted.
 */
export function warnOfMissing(
  logger: LoggerService,
  {
    counts,
    missing,
    absent,
    warnings,
    incomplete,
  }: Pick<
    CopyReport,
    'counts' | 'missing' | 'absent' | 'warnings' | 'incomplete'
  >,
): void {
  const warn = (told: { sentence: string }[], count: number, what: string) => {
    for (const { sentence } of told) {
      logger.warn(`The copy is incomplete: ${sentence}`);
    }
    const more = count - told.length;
    if (more > 0) logger.warn(`The copy is incomplete: ${more} more ${what}.`);
  };
  warn(
    missing.filter(({ allowed }) => !allowed),
    counts.missing - counts.allowed,
    'requirements are missing',
  );
  warn(absent, counts.absent, 'units that advisories list are missing');
  warn(warnings, counts.warnings, 'packages come without their modules');
  warn(incomplete, counts.incomplete, 'modules lack packages');
}
