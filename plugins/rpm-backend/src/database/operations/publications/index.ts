export * from './readPublications';
