export * from './makeVersion';
export * from './planVersion';
export * from './types';
export * from './VersionHooks';
export * from './versionTypes';
