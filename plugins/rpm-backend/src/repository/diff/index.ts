export * from './AuthorizedVersionDiffService';
export * from './compareUnits';
export * from './DefaultVersionDiffService';
export * from './types';
