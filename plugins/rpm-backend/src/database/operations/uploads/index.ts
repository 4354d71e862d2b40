export * from './uploaders';
export * from './uploads';
export * from './visibleArtifacts';
