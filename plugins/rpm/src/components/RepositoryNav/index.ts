export { RepositoryNav } from './RepositoryNav';
