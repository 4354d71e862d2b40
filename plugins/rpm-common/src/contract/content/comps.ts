import { z } from 'zod';
import { contentShape, defineContentRoutes, translationsSchema } from './unit';

const textShape = {
  id: z.string(),
  name: z.string(),
  description: z.string(),
  display_order: z.int().nullable(),
  desc_by_lang: translationsSchema,
  name_by_lang: translationsSchema,
  digest: z.string(),
};

/** References to groups; `name` holds a group's id. @public */
export const groupIdsSchema = z.array(
  z.object({ name: z.string(), default: z.boolean() }),
);

/** How strongly a group wants a package: the number stands in `packages[].type`. @public */
export const COMPS_PACKAGE_TYPE_NUMBERS = {
  default: 0,
  optional: 1,
  conditional: 2,
  mandatory: 3,
  unknown: 4,
} as const;

/** @public */
export const packageGroupSchema = z
  .object({
    ...contentShape,
    ...textShape,
    default: z.boolean(),
    user_visible: z.boolean(),
    packages: z.array(
      z.object({
        name: z.string(),
        type: z
          .int()
          .meta({ description: JSON.stringify(COMPS_PACKAGE_TYPE_NUMBERS) }),
        basearchonly: z.boolean(),
        requires: z.string().nullable(),
      }),
    ),
    biarch_only: z.boolean(),
  })
  .meta({ id: 'rpm.PackageGroupResponse' });

/** A package group as the API shows it. @public */
export type PackageGroup = z.infer<typeof packageGroupSchema>;

/** @public */
export const packageGroupRoutes = defineContentRoutes({
  collection: 'packagegroups',
  parameter: 'rpm_package_group_href',
  tag: 'Packagegroups',
  units: 'package groups',
  schema: packageGroupSchema,
  id: 'rpm.PackageGroup',
  filters: {},
});

/** @public */
export const packageCategorySchema = z
  .object({ ...contentShape, ...textShape, group_ids: groupIdsSchema })
  .meta({ id: 'rpm.PackageCategoryResponse' });

/** A category as the API shows it. @public */
export type PackageCategory = z.infer<typeof packageCategorySchema>;

/** @public */
export const packageCategoryRoutes = defineContentRoutes({
  collection: 'packagecategories',
  parameter: 'rpm_package_category_href',
  tag: 'Packagecategories',
  units: 'package categories',
  schema: packageCategorySchema,
  id: 'rpm.PackageCategory',
  filters: {},
});

/** @public */
export const packageEnvironmentSchema = z
  .object({
    ...contentShape,
    ...textShape,
    group_ids: groupIdsSchema,
    option_ids: groupIdsSchema,
  })
  .meta({ id: 'rpm.PackageEnvironmentResponse' });

/** An environment as the API shows it. @public */
export type PackageEnvironment = z.infer<typeof packageEnvironmentSchema>;

/** @public */
export const packageEnvironmentRoutes = defineContentRoutes({
  collection: 'packageenvironments',
  parameter: 'rpm_package_environment_href',
  tag: 'Packageenvironments',
  units: 'package environments',
  schema: packageEnvironmentSchema,
  id: 'rpm.PackageEnvironment',
  filters: {},
});

/** @public */
export const packageLangpacksSchema = z
  .object({ ...contentShape, matches: translationsSchema, digest: z.string() })
  .meta({ id: 'rpm.PackageLangpacksResponse' });

/** Language packs as the API shows them. @public */
export type PackageLangpacks = z.infer<typeof packageLangpacksSchema>;

/** @public */
export const packageLangpacksRoutes = defineContentRoutes({
  collection: 'packagelangpacks',
  parameter: 'rpm_package_langpacks_href',
  tag: 'Packagelangpacks',
  units: 'language packs',
  schema: packageLangpacksSchema,
  id: 'rpm.PackageLangpacks',
  filters: {},
});
