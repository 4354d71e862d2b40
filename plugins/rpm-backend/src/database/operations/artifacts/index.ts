export * from './readArtifact';
export * from './saveArtifact';
export * from './touchArtifacts';
