export * from './errors';
export * from './TaskQueue';
export * from './TaskWorker';
export * from './types';
