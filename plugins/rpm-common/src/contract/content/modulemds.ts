import { z } from 'zod';
import { readQuerySchema } from '../filters';
import { reference } from '../filterValues';
import { contentShape, defineContentRoutes } from './unit';

/** Accepted streams by module. */
const streamsSchema = z.record(z.string(), z.array(z.string()));

/** Package names by profile, or profiles by stream. */
const profilesSchema = z.record(z.string(), z.array(z.string()));

const text = z.string().nullable();

/** @public */
export const mappedArtifactSchema = z
  .object({
    filename: z.string().meta({
      description: '`<name>-<version>-<release>.<arch>.rpm`, without epoch',
    }),
    unit_id: z.string().meta({ description: 'UUID of the package' }),
    pulp_href: z.string(),
  })
  .meta({ id: 'rpm.ModulemdArtifact' });

/** A package that is an artifact of a module. @public */
export type MappedArtifact = z.infer<typeof mappedArtifactSchema>;

/** @public */
export const modulemdSchema = z
  .object({
    ...contentShape,
    name: z.string(),
    stream: z.string(),
    version: z.string(),
    static_context: z.boolean().nullable(),
    context: z.string(),
    arch: z.string(),
    artifacts: z.array(z.string()),
    dependencies: z.array(
      z.object({
        requires: streamsSchema.optional(),
        buildrequires: streamsSchema.optional(),
      }),
    ),
    packages: z.array(z.string()).meta({
      description:
        'Those artifacts that are here: in `repository_version` when it is given',
    }),
    pulp_artifacts_map: z.array(mappedArtifactSchema).meta({
      description: 'The same packages, by the names of their files',
    }),
    missing_artifacts: z.array(z.string()).meta({
      description:
        'Those artifacts that are not here, as the document names them; none when the module is complete',
    }),
    profiles: profilesSchema,
    description: z.string(),
  })
  .meta({ id: 'rpm.ModulemdResponse' });

/** A module as the API shows it. @public */
export type Modulemd = z.infer<typeof modulemdSchema>;

/** @public */
export const modulemdRoutes = defineContentRoutes({
  collection: 'modulemds',
  parameter: 'rpm_modulemd_href',
  tag: 'Modulemds',
  units: 'modules',
  schema: modulemdSchema,
  id: 'rpm.Modulemd',
  filters: {
    name: 'text',
    stream: 'exactOrIn',
    version: 'exactOrIn',
    context: 'exactOrIn',
    arch: 'exactOrIn',
    sha256: 'exact',
  },
  readQuery: readQuerySchema.extend({
    repository_version: reference('versionOrRepository')[''].optional().meta({
      description:
        'Tell which artifacts this version holds, whether it holds the module or not',
    }),
  }),
});

/** @public */
export const modulemdDefaultsSchema = z
  .object({
    ...contentShape,
    module: z.string(),
    stream: text,
    profiles: profilesSchema,
  })
  .meta({ id: 'rpm.ModulemdDefaultsResponse' });

/** The defaults of a module as the API shows them. @public */
export type ModulemdDefaults = z.infer<typeof modulemdDefaultsSchema>;

/** @public */
export const modulemdDefaultsRoutes = defineContentRoutes({
  collection: 'modulemd_defaults',
  parameter: 'rpm_modulemd_defaults_href',
  tag: 'Modulemd_Defaults',
  units: 'module defaults',
  schema: modulemdDefaultsSchema,
  id: 'rpm.ModulemdDefaults',
  filters: { module: 'exactOrIn', stream: 'exactOrIn' },
});

/** @public */
export const modulemdObsoleteSchema = z
  .object({
    ...contentShape,
    modified: z.string(),
    module_name: z.string(),
    module_stream: z.string(),
    message: z.string(),
    override_previous: text,
    module_context: text,
    eol_date: text,
    obsoleted_by_module_name: text,
    obsoleted_by_module_stream: text,
  })
  .meta({ id: 'rpm.ModulemdObsoleteResponse' });

/** A notice that a stream has ended, as the API shows it. @public */
export type ModulemdObsolete = z.infer<typeof modulemdObsoleteSchema>;

/** @public */
export const modulemdObsoleteRoutes = defineContentRoutes({
  collection: 'modulemd_obsoletes',
  parameter: 'rpm_modulemd_obsolete_href',
  tag: 'Modulemd_Obsoletes',
  units: 'module obsoletes',
  schema: modulemdObsoleteSchema,
  id: 'rpm.ModulemdObsolete',
  filters: {},
});
