export * from './AuthorizedContentCreation';
export * from './chunks';
export * from './DefaultArtifactTaker';
export * from './DefaultContentCreation';
export * from './packages/packageCreator';
export * from './parseFileSource';
export * from './tasks/createContent';
export * from './types';
