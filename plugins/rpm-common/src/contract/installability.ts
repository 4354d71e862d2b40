import { z } from 'zod';
import { pageQuerySchema } from './filters';
import { architectures, references } from './filterValues';
import { defineRoute } from './route';

/** As many versions as may be looked into besides the one that is reported on. */
const MOST_CONTEXTS = 20;

/** Why a package cannot be installed. @public */
export const INSTALLABILITY_PROBLEMS = [
  'nothing-provides',
  'not-installable',
  'conflict',
  'not-together',
  'no-module',
] as const;

/** @public */
export type InstallabilityProblemKind =
  (typeof INSTALLABILITY_PROBLEMS)[number];

/** @public */
export const installabilityProblemSchema = z
  .object({
    requirement: z.string().meta({
      description:
        'As in the metadata; `name:stream` of a module; empty when the package itself is in the way',
    }),
    problem: z.enum(INSTALLABILITY_PROBLEMS),
    sentence: z.string().meta({ description: 'The problem for people' }),
  })
  .meta({ id: 'rpm.InstallabilityProblem' });

/** One reason why a package cannot be installed. @public */
export type InstallabilityProblem = z.infer<typeof installabilityProblemSchema>;

/** @public */
export const brokenPackageSchema = z
  .object({
    pulp_href: z
      .string()
      .nullable()
      .meta({ description: 'Null for what was deleted since' }),
    label: z.string().meta({ description: 'NEVRA' }),
    architecture: z
      .string()
      .meta({ description: 'The machine that cannot install it' }),
    problem_count: z.int(),
    problems: z.array(installabilityProblemSchema).meta({
      description:
        'The first ten, causes of its own before those of other packages',
    }),
  })
  .meta({ id: 'rpm.BrokenPackage' });

/** A package that a machine cannot install. @public */
export type BrokenPackage = z.infer<typeof brokenPackageSchema>;

/** @public */
export const installabilitySchema = z
  .object({
    version: z.string(),
    contexts: z
      .array(z.string())
      .meta({ description: 'Versions that may be used besides' }),
    architectures: z
      .array(z.string())
      .meta({ description: 'Machines that it was judged for' }),
    counts: z
      .object({
        packages: z.int().meta({
          description:
            'Packages of the version that one of the machines takes, without sources',
        }),
        installable: z.int(),
        broken: z.int().meta({ description: 'Broken on one machine or more' }),
      })
      .meta({ id: 'rpm.InstallabilityCounts' }),
    count: z
      .int()
      .meta({ description: 'Of results: one for each package and machine' }),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(brokenPackageSchema),
  })
  .meta({ id: 'rpm.InstallabilityResponse' });

/** Which packages of a version cannot be installed, and why. @public */
export type Installability = z.infer<typeof installabilitySchema>;

const tooMany = `Name at most ${MOST_CONTEXTS}.`;

/** @public */
export const installabilityRoutes = {
  read: defineRoute({
    operationId: 'repositories_rpm_rpm_versions_installability',
    method: 'get',
    entity: {
      parameter: 'rpm_rpm_repository_version_href',
      path: 'repositories/rpm/rpm/{repository}/versions/{number}/',
    },
    path: 'installability/',
    tag: 'Repositories: Rpm Versions',
    summary: 'Find the packages of a version that cannot be installed from it',
    query: pageQuerySchema.extend({
      context: references('version')
        .in.refine(contexts => contexts.length <= MOST_CONTEXTS, tooMany)
        .optional(),
      architecture: architectures
        .refine(machines => machines.length <= MOST_CONTEXTS, tooMany)
        .optional(),
    }),
    responses: { 200: installabilitySchema },
  }),
};
