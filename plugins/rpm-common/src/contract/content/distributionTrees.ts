import { z } from 'zod';
import { contentShape, defineContentRoutes } from './unit';

const text = z.string();
const optionalText = z.string().nullable();

/** @public */
export const distributionTreeSchema = z
  .object({
    ...contentShape,
    header_version: text,
    release_name: text,
    release_short: text,
    release_version: text,
    release_is_layered: z.boolean(),
    base_product_name: optionalText,
    base_product_short: optionalText,
    base_product_version: optionalText,
    arch: text,
    build_timestamp: z.number().meta({ description: 'Unix seconds' }),
    instimage: optionalText,
    mainimage: optionalText,
    discnum: z.int().nullable(),
    totaldiscs: z.int().nullable(),
    addons: z.array(
      z.object({
        addon_id: text,
        uid: text,
        name: text,
        type: text,
        packages: text,
      }),
    ),
    checksums: z.array(
      z.object({
        path: text,
        checksum: text.meta({ description: '`sha256:<hex>`' }),
      }),
    ),
    images: z.array(
      z.object({
        name: text,
        path: text,
        platforms: text.meta({ description: '`x86_64, xen`' }),
        artifact: optionalText.meta({
          description: 'Null while the file is not stored',
        }),
      }),
    ),
    variants: z.array(
      z.object({
        variant_id: text,
        uid: text,
        name: text,
        type: text,
        packages: text,
        source_packages: optionalText,
        source_repository: optionalText,
        debug_packages: optionalText,
        debug_repository: optionalText,
        identity: optionalText,
      }),
    ),
    repositories: z.array(
      z.object({
        path: text.meta({ description: 'Folder below the root of the tree' }),
        repository_version: text.meta({
          description:
            'What is in the folder; content lists can be narrowed by it',
        }),
      }),
    ),
  })
  .meta({ id: 'rpm.DistributionTreeResponse' });

/** An installable tree as the API shows it. @public */
export type DistributionTree = z.infer<typeof distributionTreeSchema>;

/** @public */
export const distributionTreeRoutes = defineContentRoutes({
  collection: 'distribution_trees',
  parameter: 'rpm_distribution_tree_href',
  tag: 'Distribution_Trees',
  units: 'distribution trees',
  schema: distributionTreeSchema,
  id: 'rpm.DistributionTree',
  filters: {},
});
