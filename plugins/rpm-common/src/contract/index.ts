export * from './route';
export * from './base';
export * from './filters';
export * from './status';
export * from './tasks';
export * from './remotes';
