export * from './authenticate';
export * from './body';
export * from './createApiRouter';
export * from './implement';
export * from './lists';
export * from './untilGone';
