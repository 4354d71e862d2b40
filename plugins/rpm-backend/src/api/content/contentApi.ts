import {
  advisoryRoutes,
  contentRoutes,
  MINIMAL_ADVISORY_FIELDS,
  MINIMAL_PACKAGE_FIELDS,
  modulemdDefaultsRoutes,
  modulemdObsoleteRoutes,
  modulemdRoutes,
  packageCategoryRoutes,
  packageEnvironmentRoutes,
  packageGroupRoutes,
  packageLangpacksRoutes,
  packageRoutes,
  repoMetadataFileRoutes,
  type AnyRoute,
  type ContentRoutes,
  type ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { z } from 'zod';
import type { ContentUnitService, UnitRecords } from '../../content-units';
import type { ContentType } from '../../identifiers';
import {
  implement,
  trimFields,
  type ImplementedRoute,
  type PageLinks,
} from '../edge';
import { serializeAdvisory } from './serializeAdvisory';
import {
  serializePackageCategory,
  serializePackageEnvironment,
  serializePackageGroup,
  serializePackageLangpacks,
} from './serializeComps';
import { serializeMetadataFile } from './serializeMetadataFile';
import {
  serializeModulemd,
  serializeModulemdDefaults,
  serializeModulemdObsolete,
} from './serializeModulemd';
import { serializePackage } from './serializePackage';
import { serializeUnit } from './serializeUnit';

interface ContentApiOptions {
  units: ContentUnitService;
  links: PageLinks;
}

/** `minimal=true` stands for a list of fields. */
function withMinimalFields(
  query: ListQuery,
  minimalFields: readonly string[],
): ListQuery {
  if (!query.minimal) return query;
  const { fields } = query;
  return {
    ...query,
    fields: minimalFields.filter(field => !fields || fields.includes(field)),
  };
}

function collection<T extends ContentType, S extends z.ZodType>(
  type: T,
  routes: ContentRoutes<S>,
  serialize: (unit: UnitRecords[T]) => z.input<S>,
  { units, links }: ContentApiOptions,
  minimalFields: readonly string[] = [],
): ImplementedRoute[] {
  return [
    implement<AnyRoute>(routes.list, async request => {
      const query = withMinimalFields(request.query, minimalFields);
      const page = await units.list(type, query, request);
      const body = links.page(request, page, serialize);
      return { status: 200, body: trimFields(body, query) };
    }),
    implement<AnyRoute>(routes.read, async request => {
      const unit = await units.get(
        type,
        request.params.unit,
        request.query,
        request,
      );
      return { status: 200, body: serialize(unit) };
    }),
  ];
}

/** The collections of all content types, and the one of all types together. */
export function contentApi(options: ContentApiOptions): ImplementedRoute[] {
  const { units, links } = options;
  return [
    implement(contentRoutes.list, async request => {
      const page = await units.listAll(request.query, request);
      return { status: 200, body: links.page(request, page, serializeUnit) };
    }),
    ...collection(
      'rpm.package',
      packageRoutes,
      serializePackage,
      options,
      MINIMAL_PACKAGE_FIELDS,
    ),
    ...collection(
      'rpm.advisory',
      advisoryRoutes,
      serializeAdvisory,
      options,
      MINIMAL_ADVISORY_FIELDS,
    ),
    ...collection('rpm.modulemd', modulemdRoutes, serializeModulemd, options),
    ...collection(
      'rpm.modulemd_defaults',
      modulemdDefaultsRoutes,
      serializeModulemdDefaults,
      options,
    ),
    ...collection(
      'rpm.modulemd_obsolete',
      modulemdObsoleteRoutes,
      serializeModulemdObsolete,
      options,
    ),
    ...collection(
      'rpm.packagegroup',
      packageGroupRoutes,
      serializePackageGroup,
      options,
    ),
    ...collection(
      'rpm.packagecategory',
      packageCategoryRoutes,
      serializePackageCategory,
      options,
    ),
    ...collection(
      'rpm.packageenvironment',
      packageEnvironmentRoutes,
      serializePackageEnvironment,
      options,
    ),
    ...collection(
      'rpm.packagelangpacks',
      packageLangpacksRoutes,
      serializePackageLangpacks,
      options,
    ),
    ...collection(
      'rpm.repo_metadata_file',
      repoMetadataFileRoutes,
      serializeMetadataFile,
      options,
    ),
  ];
}
