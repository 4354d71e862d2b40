import { z } from 'zod';
import { referenceSchema } from './base';
import { defineRoute } from './route';

/** More packages than a machine has. */
const MOST_PACKAGES = 10_000;

/** As many versions as may be looked into. */
const MOST_VERSIONS = 20;

const buildShape = {
  pulp_href: z.string(),
  nsvca: z.string().meta({ description: 'name:stream:version:context:arch' }),
};

/** @public */
export const packageModuleSchema = z
  .object({
    ...buildShape,
    name: z.string(),
    stream: z.string(),
    version: z.string(),
    context: z.string(),
    arch: z.string(),
  })
  .meta({ id: 'rpm.PackageModule' });

/** A module of which a package is an artifact. @public */
export type PackageModule = z.infer<typeof packageModuleSchema>;

/** @public */
export const moduleApplicabilityInputSchema = z
  .strictObject({
    repository_versions: z
      .array(referenceSchema)
      .min(1)
      .max(MOST_VERSIONS)
      .optional()
      .meta({
        description:
          'Hrefs or PRNs of versions, or of repositories for their latest ones; without it, all that the caller may see',
      }),
    nevras: z.array(z.string().max(1000)).max(MOST_PACKAGES).meta({
      description:
        'What is installed: `name-epoch:version-release.arch`, epoch 0 when it is left out',
    }),
    enabled_streams: z
      .record(z.string(), z.string())
      .refine(
        streams => Object.keys(streams).length <= MOST_PACKAGES,
        `Name at most ${MOST_PACKAGES}.`,
      )
      .optional()
      .meta({
        description:
          'Streams by module: of these modules no other stream applies',
      }),
  })
  .meta({ id: 'rpm.ModuleApplicability' });

/** @public */
export type ModuleApplicabilityInput = z.infer<
  typeof moduleApplicabilityInputSchema
>;

/** @public */
export const applicableStreamSchema = z
  .object({
    module: z.string(),
    stream: z.string(),
    modulemds: z
      .array(z.object(buildShape).meta({ id: 'rpm.ModuleBuild' }))
      .meta({ description: 'All builds of the stream, the newest first' }),
    installed: z
      .array(z.string())
      .meta({ description: 'Of the given packages those that belong to it' }),
    newer: z
      .array(
        z
          .object({
            installed: z.string(),
            available: z.string().meta({ description: 'NEVRA' }),
            pulp_href: z
              .string()
              .meta({ description: 'Of the package that is available' }),
            nsvca: z
              .string()
              .meta({ description: 'The newest build that names it' }),
          })
          .meta({ id: 'rpm.NewerArtifact' }),
      )
      .meta({
        description:
          'The newest package of the same name and architecture that the stream has, where it is newer',
      }),
  })
  .meta({ id: 'rpm.ApplicableStream' });

/** A stream of a module of which packages are installed. @public */
export type ApplicableStream = z.infer<typeof applicableStreamSchema>;

/** @public */
export const moduleApplicabilitySchema = z
  .object({
    streams: z.array(applicableStreamSchema),
    unreadable: z
      .array(z.string())
      .meta({ description: 'What was given and names no package' }),
  })
  .meta({ id: 'rpm.ModuleApplicabilityResponse' });

/** Which streams apply to a list of installed packages. @public */
export type ModuleApplicability = z.infer<typeof moduleApplicabilitySchema>;

/** @public */
export const moduleRoutes = {
  applicability: defineRoute({
    operationId: 'module_applicability',
    method: 'post',
    path: 'rpm/module_applicability/',
    tag: 'Rpm: Modules',
    summary:
      'Find the module streams that apply to a list of installed packages',
    body: moduleApplicabilityInputSchema,
    responses: { 200: moduleApplicabilitySchema },
  }),
};
