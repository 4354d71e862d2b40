import {
  advisoryRoutes,
  contentRoutes,
  distributionTreeRoutes,
  MINIMAL_ADVISORY_FIELDS,
  MINIMAL_PACKAGE_FIELDS,
  modulemdDefaultsRoutes,
  modulemdDocumentRoutes,
  modulemdObsoleteRoutes,
  modulemdRoutes,
  packageCategoryRoutes,
  packageEnvironmentRoutes,
  packageGroupRoutes,
  packageLangpacksRoutes,
  packageRoutes,
  repoMetadataFileRoutes,
} from '@rpmportal/backstage-plugin-rpm-common';
import { implement, type ImplementedRoute } from '../edge';
import { collectionApi, type ContentApiOptions } from './collectionApi';
import { serializeAdvisory } from './serializeAdvisory';
import {
  serializePackageCategory,
  serializePackageEnvironment,
  serializePackageGroup,
  serializePackageLangpacks,
} from './serializeComps';
import { serializeDistributionTree } from './serializeDistributionTree';
import { serializeMetadataFile } from './serializeMetadataFile';
import {
  serializeModulemd,
  serializeModulemdDefaults,
  serializeModulemdDocument,
  serializeModulemdObsolete,
} from './serializeModulemd';
import { serializePackage } from './serializePackage';
import { serializeUnit } from './serializeUnit';

/** The collections of all content types, and the one of all types together. */
export function contentApi(options: ContentApiOptions): ImplementedRoute[] {
  const { units, links } = options;
  return [
    implement(contentRoutes.list, async request => {
      const page = await units.listAll(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, serializeUnit),
      };
    }),
    ...collectionApi(
      'rpm.package',
      packageRoutes,
      serializePackage,
      options,
      MINIMAL_PACKAGE_FIELDS,
    ),
    ...collectionApi(
      'rpm.advisory',
      advisoryRoutes,
      serializeAdvisory,
      options,
      MINIMAL_ADVISORY_FIELDS,
    ),
    ...collectionApi(
      'rpm.modulemd',
      modulemdRoutes,
      serializeModulemd,
      options,
    ),
    ...collectionApi(
      'rpm.modulemd_defaults',
      modulemdDefaultsRoutes,
      serializeModulemdDefaults,
      options,
    ),
    ...collectionApi(
      'rpm.modulemd_obsolete',
      modulemdObsoleteRoutes,
      serializeModulemdObsolete,
      options,
    ),
    ...collectionApi(
      'rpm.modulemd_document',
      modulemdDocumentRoutes,
      serializeModulemdDocument,
      options,
    ),
    ...collectionApi(
      'rpm.packagegroup',
      packageGroupRoutes,
      serializePackageGroup,
      options,
    ),
    ...collectionApi(
      'rpm.packagecategory',
      packageCategoryRoutes,
      serializePackageCategory,
      options,
    ),
    ...collectionApi(
      'rpm.packageenvironment',
      packageEnvironmentRoutes,
      serializePackageEnvironment,
      options,
    ),
    ...collectionApi(
      'rpm.packagelangpacks',
      packageLangpacksRoutes,
      serializePackageLangpacks,
      options,
    ),
    ...collectionApi(
      'rpm.repo_metadata_file',
      repoMetadataFileRoutes,
      serializeMetadataFile,
      options,
    ),
    ...collectionApi(
      'rpm.distribution_tree',
      distributionTreeRoutes,
      serializeDistributionTree,
      options,
    ),
  ];
}
