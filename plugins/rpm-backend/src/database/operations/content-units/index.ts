export * from './recordFiles';
export * from './saveAdvisories';
export * from './savePackages';
export * from './saveRepoMetadataFiles';
