export * from './describeRetention';
export * from './planRetention';
export * from './retain';
export * from './types';
