export * from './AuthorizedPruneService';
export * from './DefaultPruneService';
export * from './pruneTask';
export * from './types';
