import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CopyFacts } from './planning/planDestinations';

/** As many as a log can bear; the plan has the rest. */
const LOGGED = 100;

/** Logs missing requirements that may not be missing, as the guide to the copy of Pulp promises. */
export function warnOfMissing(
  logger: LoggerService,
  { closure }: Pick<CopyFacts, 'closure'>,
): void {
  if (!closure) return;
  const logged = closure.missing
    .filter(({ allowed }) => !allowed)
    .slice(0, LOGGED);
  for (const { sentence } of logged) {
    logger.warn(`The copy is incomplete: ${sentence}`);
  }
  const more = closure.missingCount - closure.allowedCount - logged.length;
  if (more > 0) {
    logger.warn(
      `The copy is incomplete: ${more} more requirements are missing.`,
    );
  }
}
