export * from './AuthorizedSyncService';
export * from './DefaultSyncService';
export * from './tasks/synchronize';
export * from './types';
