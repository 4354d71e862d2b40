export * from './AuthorizedArtifactService';
export * from './DefaultArtifactService';
export * from './types';
