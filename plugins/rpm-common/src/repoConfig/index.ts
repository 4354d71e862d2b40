export * from './renderRepoConfig';
