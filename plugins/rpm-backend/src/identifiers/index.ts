export * from './appVersions';
export * from './contentTypes';
export * from './identifiers';
