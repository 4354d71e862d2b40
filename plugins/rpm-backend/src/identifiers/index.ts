export * from './contentTypes';
export * from './identifiers';
