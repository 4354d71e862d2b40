export * from './findPackagesByName';
export * from './findUnitsByKey';
export * from './listHeldUnits';
export * from './listModuleArtifacts';
export * from './listModuleCompanions';
export * from './readCompsDocuments';
