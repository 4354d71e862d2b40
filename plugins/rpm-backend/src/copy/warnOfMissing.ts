import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CopyFacts } from './planning/planDestinations';

/** As many missing requirements as are logged one by one. */
const NAMED = 1000;

/** Logs each missing requirement, as the guide to the copy of Pulp promises. */
export function warnOfMissing(
  logger: LoggerService,
  { closure }: Pick<CopyFacts, 'closure'>,
): void {
  const missing = closure?.missing ?? [];
  for (const { sentence } of missing.slice(0, NAMED)) {
    logger.warn(`The copy is incomplete: ${sentence}`);
  }
  if (missing.length > NAMED) {
    logger.warn(
      `The copy is incomplete: ${
        missing.length - NAMED
      } more requirements are missing.`,
    );
  }
}
