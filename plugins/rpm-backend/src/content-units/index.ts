export * from './AuthorizedContentUnitService';
export * from './DefaultContentUnitService';
export * from './modulemdArtifacts';
export * from './types';
