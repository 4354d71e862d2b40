export * from './AuthorizedPublicationService';
export * from './autopublish';
export * from './DefaultPublicationService';
export * from './layout';
export * from './publishedPackages';
export * from './Publisher';
export * from './publishTask';
export * from './types';
