export * from './listCorrections';
export * from './listNearbyVersions';
export * from './measureSolverPackages';
export * from './packSolverPackages';
export * from './readSolverModules';
