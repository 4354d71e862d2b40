export * from './ContentResolver';
export * from './createContentRouter';
export * from './RemoteFiles';
