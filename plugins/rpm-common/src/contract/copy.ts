import { z } from 'zod';
import { asyncOperationSchema, referenceSchema } from './base';
import { defineRoute } from './route';
import type {
  DryRunResult,
  ModularWarning,
  NamedUnit,
  VersionResult,
} from './versionResults';

/** More are a mistake, or an attempt to fill the memory. */
const MOST_ALLOWED = 1_000;
/** The longest rich dependencies of distributions have some hundred characters. */
const LONGEST_REQUIREMENT = 1_000;
const MOST_ARCHITECTURES = 20;

/** Versions are counted in 32 bits. */
const LAST_VERSION = 2_147_483_647;

/** One source with its destination. @public */
export const copyEntrySchema = z.strictObject({
  source_repo_version: referenceSchema,
  dest_repo: referenceSchema,
  dest_base_version: z.int().min(0).max(LAST_VERSION).optional(),
  /** Absent: everything in the source version. Empty: nothing, but a source of dependencies. */
  content: z.array(referenceSchema).nullable().optional(),
});

/** @public */
export type CopyEntry = z.infer<typeof copyEntrySchema>;

/** @public */
export const MISSING_POLICIES = ['warn', 'fail'] as const;

/** What becomes of a copy that lacks requirements which may not be missing. @public */
export type MissingPolicy = (typeof MISSING_POLICIES)[number];

/** @public */
export const MODULAR_POLICIES = ['with-module', 'warn', 'fail'] as const;

/** What becomes of a package that would be copied without any of its modules. @public */
export type ModularPolicy = (typeof MODULAR_POLICIES)[number];

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
    weak_dependencies: z.boolean().default(false).meta({
      description:
        'Also bring what is recommended and supplemented, where it can be had',
    }),
    source_requires: z.boolean().default(false).meta({
      description: 'Bring what source packages need to be built',
    }),
    architectures: z
      .array(
        z.string().regex(/^\w{1,40}$/, 'Enter an architecture such as x86_64.'),
      )
      .min(1)
      .max(MOST_ARCHITECTURES)
      .optional()
      .meta({
        description:
          'Of machines that the copy has to serve; by default those that destination and packages are for',
      }),
    on_missing: z.enum(MISSING_POLICIES).default('warn').meta({
      description:
        'What becomes of a copy that lacks requirements: it warns, or fails and writes nothing',
    }),
    allow_missing: z
      .array(z.string().min(1).max(LONGEST_REQUIREMENT))
      .max(MOST_ALLOWED)
      .default([])
      .meta({
        description:
          'Requirements that may be missing: in full as `foo >= 2`, or the name alone',
      }),
    modular_packages: z.enum(MODULAR_POLICIES).optional().meta({
      description:
        'What becomes of packages whose module the source has, and which is neither chosen nor at the destination: the module comes too (default with `dependency_solving`), the copy warns (default without, and only there), or fails and writes nothing',
    }),
    dry_run: z.boolean().default(false).meta({
      description: 'Writes nothing but the plan, which can be applied later',
    }),
    reason: z
      .string()
      .optional()
      .meta({ description: 'Why; kept with the versions' }),
  })
  .refine(
    ({ dependency_solving: solving, modular_packages: policy }) =>
      !(solving && policy === 'warn'),
    {
      path: ['modular_packages'],
      message:
        'With dependency_solving packages bring the modules that they need: choose with-module or fail.',
    },
  )
  .meta({ id: 'Copy' });

/** Why a unit is copied: asked for, part of what was asked for, needed by it. @public */
export const COPY_CAUSES = ['requested', 'child', 'dependency'] as const;

/** @public */
export type CopyCause = (typeof COPY_CAUSES)[number];

/** What came of a copy at one destination. @public */
export type CopyDestinationResult = { repository: string } & VersionResult;

/** What a copy would come to at one destination. @public */
export type CopyDestinationPreview = { repository: string } & DryRunResult;

/** A requirement that nothing meets. @public */
export interface MissingRequirement {
  /** As in the metadata: `libfoo.so.1()(64bit)`, `foo >= 2`, `module:stream`. */
  requirement: string;
  /** The label of the unit that has it. */
  required_by: string;
  /** The destination had that unit before. */
  held: boolean;
  /** `allow_missing` names it: nothing warns of it or fails for it. */
  allowed: boolean;
  sentence: string;
  /** One line from what was asked for to the unit that has it. */
  chain: string;
}

/** What an advisory lists and a copy cannot bring. @public */
export interface AbsentUnit {
  /** NEVRA, or `name:stream:version:context:arch` of a module. */
  label: string;
  /** The label of the advisory. */
  listed_by: string;
  /** The destination that lacks it. */
  repository: string;
  sentence: string;
}

/** A package that comes without any of the modules that make it usable. @public */
export interface CopyWarning extends ModularWarning {
  /** The destination. */
  repository: string;
}

/** A module that comes to a destination which will not have all that it names. @public */
export interface IncompleteModule {
  unit: NamedUnit;
  /** The destination. */
  repository: string;
  /** NEVRAs of packages, not of sources: the first 100. */
  absent: string[];
  absent_count: number;
  sentence: string;
}

/** A unit that a copy brings. @public */
export interface CopiedUnit {
  pulp_href: string;
  label: string;
  repository: string;
  cause: CopyCause;
  /** One line from what was asked for to this unit. */
  chain: string;
}

/** What is told alike of a copy and of its preview. Lists name the first 100; `counts` has all. @public */
export interface CopyReport {
  outcome: 'created' | 'unchanged';
  /** Href of the plan, which has the lists in full. */
  plan: string;
  counts: Record<
    | 'requested'
    | 'children'
    | 'dependencies'
    | 'missing'
    /** Those of the missing that may be missing. */
    | 'allowed'
    | 'ignored'
    | 'absent'
    | 'warnings'
    | 'incomplete'
    | 'conflicts',
    number
  >;
  /** Those that are not allowed come first. */
  missing: MissingRequirement[];
  /** Units that the source does not hold. */
  ignored: string[];
  /** What copied advisories list that neither the source nor the destination has. */
  absent: AbsentUnit[];
  /** Packages of modules that come without, where the copy was told to warn of it or to fail. */
  warnings: CopyWarning[];
  /** Modules that are new at their destination and lack packages there. */
  incomplete: IncompleteModule[];
  /** Units of several sources that one version cannot hold together. */
  conflicts: { kept: string; left_out: string; label: string }[];
  /** Units that are new at their destination, those before that nobody named. */
  units: CopiedUnit[];
}

/** The `result` of the task of a copy, and of one that applies a plan. @public */
export interface CopyResult extends CopyReport {
  dry_run?: undefined;
  destinations: CopyDestinationResult[];
}

/** The `result` of the task of a dry run, and what a plan tells. @public */
export interface CopyPreview extends CopyReport {
  dry_run: true;
  destinations: CopyDestinationPreview[];
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
