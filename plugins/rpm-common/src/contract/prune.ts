import { z } from 'zod';
import { defineRoute } from './route';
import { asyncGroupOperationSchema } from './taskGroups';

/** A century: more days than any repository is old. */
const MOST_DAYS = 36_500;

/** @public */
export const pruneInputSchema = z
  .strictObject({
    repo_hrefs: z
      .array(z.string())
      .refine(names => names.length > 0, 'Must not be [].')
      .refine(
        names => names.length === 1 || !names.includes('*'),
        "Can't specify specific HREFs when using '*'",
      )
      .meta({ description: 'Repositories, or `*` alone for all of them' }),
    keep_days: z
      .int()
      .min(0)
      .max(MOST_DAYS)
      .default(14)
      .meta({ description: 'Packages that came later than this stay' }),
    dry_run: z.boolean().default(false).meta({
      description: 'Writes nothing; the tasks tell what would be removed',
    }),
  })
  .meta({ id: 'rpm.PrunePackages' });

/** @public */
export const pruneRoutes = {
  prune: defineRoute({
    operationId: 'rpm_prune_prune_packages',
    method: 'post',
    path: 'rpm/prune/',
    tag: 'Rpm: Prune',
    summary: 'Remove packages of which a repository has newer versions',
    body: pruneInputSchema,
    responses: { 202: asyncGroupOperationSchema },
  }),
};
