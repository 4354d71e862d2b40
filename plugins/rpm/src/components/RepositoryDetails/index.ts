export * from './RepositoryDetails';
