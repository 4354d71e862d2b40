export * from './findPackagesByName';
export * from './findUnitsByKey';
export * from './listHeldUnits';
export * from './listModuleCompanions';
export * from './readCompsDocuments';
