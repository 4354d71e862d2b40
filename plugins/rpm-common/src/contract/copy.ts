import { z } from 'zod';
import { asyncOperationSchema, referenceSchema } from './base';
import { defineRoute } from './route';

/** One source with its destination. @public */
export const copyEntrySchema = z.strictObject({
  source_repo_version: referenceSchema,
  dest_repo: referenceSchema,
  dest_base_version: z.int().min(0).optional(),
  /** Absent: everything in the source version. Empty: nothing, but a source of dependencies. */
  content: z.array(referenceSchema).nullable().optional(),
});

/** @public */
export type CopyEntry = z.infer<typeof copyEntrySchema>;

/**
 * The body of a copy. Its `config` is checked by the copy room, which answers as Pulp does for a
 * configuration that makes no sense; unknown keys are refused at every level.
 *
 * @public
 */
export const copyInputSchema = z
  .strictObject({
    config: z
      .unknown()
      .refine(config => config !== undefined, 'This field is required.')
      .meta({ type: 'array', items: { type: 'object' } }),
    dependency_solving: z.boolean().default(true),
    dependency_upgrade: z.boolean().default(false),
    reason: z
      .string()
      .optional()
      .meta({ description: 'Why; kept with the versions' }),
  })
  .meta({ id: 'Copy' });

/** Why a unit is copied: asked for, part of what was asked for, needed by it. @public */
export type CopyCause = 'requested' | 'child' | 'dependency';

/** What came of a copy at one destination; `counts` are units by content type. @public */
export interface CopyDestinationResult {
  repository: string;
  outcome: 'created' | 'unchanged';
  /** The new version, or the latest one when nothing changed. */
  version: string;
  number: number;
  counts: Record<'added' | 'removed' | 'present', Record<string, number>>;
  /** Units that were replaced or retained away. */
  consequence_count: number;
  consequences: object[];
}

/** The `result` of the task of a copy. Lists name the first of many; `counts` has all. @public */
export interface CopyResult {
  outcome: 'created' | 'unchanged';
  destinations: CopyDestinationResult[];
  counts: Record<
    | 'requested'
    | 'children'
    | 'dependencies'
    | 'missing'
    | 'ignored'
    | 'conflicts',
    number
  >;
  /** Requirements that nothing meets; `held` when the destination had the unit before. */
  missing: {
    requirement: string;
    required_by: string;
    held: boolean;
    sentence: string;
    chain: string;
  }[];
  /** Units that the source does not hold. */
  ignored: string[];
  /** Units of several sources that one version cannot hold together. */
  conflicts: { kept: string; left_out: string; label: string }[];
  /** Units that are new at their destination, those before that nobody named. */
  units: {
    pulp_href: string;
    label: string;
    repository: string;
    cause: CopyCause;
    /** One line from what was asked for to this unit. */
    chain: string;
  }[];
}

/** @public */
export const copyRoutes = {
  copy: defineRoute({
    operationId: 'copy_content',
    method: 'post',
    path: 'rpm/copy/',
    tag: 'Rpm: Copy',
    summary: 'Copy units with everything they need',
    body: copyInputSchema,
    responses: { 202: asyncOperationSchema },
  }),
};
