export * from './listCorrections';
export * from './listNearbyVersions';
export * from './packSolverPackages';
export * from './readSolverModules';
