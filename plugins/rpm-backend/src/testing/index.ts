export * from './databases';
export * from './startRpmBackend';
export * from './packages';
export * from './repositories';
