import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CopyFacts } from './planning/planDestinations';

/** Logs each missing requirement, as the guide to the copy of Pulp promises. */
export function warnOfMissing(
  logger: LoggerService,
  { closure }: Pick<CopyFacts, 'closure'>,
): void {
  if (!closure) return;
  const { missing, missingCount } = closure;
  for (const { sentence } of missing) {
    logger.warn(`The copy is incomplete: ${sentence}`);
  }
  const more = missingCount - missing.length;
  if (more > 0) {
    logger.warn(
      `The copy is incomplete: ${more} more requirements are missing.`,
    );
  }
}
