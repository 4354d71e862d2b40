export * from './advisories';
export * from './advisoryUploads';
export * from './comps';
export * from './contentUnits';
export * from './create';
export * from './distributionTrees';
export * from './modulemdDocuments';
export * from './modulemds';
export * from './modulemdUploads';
export * from './packages';
export * from './repoMetadataFiles';
export {
  artifactShape,
  contentShape,
  translationsSchema,
  type ContentRoutes,
} from './unit';
