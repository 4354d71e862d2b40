export * from './contentScope';
export * from './listArtifactPackages';
export * from './listModules';
