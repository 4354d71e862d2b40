export * from './digestFile';
export * from './errors';
export * from './FileSystemArtifactStorage';
export * from './types';
