export * from './databases';
export * from './startRpmBackend';
