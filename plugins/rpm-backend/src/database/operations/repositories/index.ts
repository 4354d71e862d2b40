export * from './deleteRepository';
export * from './readRepositories';
export * from './writeRepositories';
