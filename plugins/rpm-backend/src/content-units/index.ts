export * from './AuthorizedContentUnitService';
export * from './ContentFilters';
export * from './DefaultContentUnitService';
export * from './modulemdArtifacts';
export * from './types';
