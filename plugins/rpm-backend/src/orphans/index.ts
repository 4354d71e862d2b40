export * from './AuthorizedOrphanService';
export * from './DefaultOrphanService';
export * from './orphanTask';
export * from './types';
