export * from './readArtifact';
export * from './saveArtifact';
