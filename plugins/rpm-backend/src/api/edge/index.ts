export * from './authenticate';
export * from './createApiRouter';
export * from './implement';
export * from './lists';
