export * from './ThreadPool';
export * from './types';
