export * from './recordFiles';
export * from './saveAdvisories';
export * from './saveComps';
export * from './saveModulemdDocuments';
export * from './savePackages';
export * from './saveRepoMetadataFiles';
