export * from './isArtifactUsed';
export * from './holdUnrecorded';
export * from './readArtifact';
export * from './saveArtifact';
export * from './touchArtifacts';
