export * from './orphans';
export * from './readOldestUnfinished';
