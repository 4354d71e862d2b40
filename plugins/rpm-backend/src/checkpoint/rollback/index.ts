export * from './AuthorizedRollbackService';
export * from './DefaultRollbackService';
export * from './rollbackTask';
export * from './types';
