export * from './errors';
export * from './handleByKind';
export * from './TaskQueue';
export * from './TaskWorker';
export * from './types';
