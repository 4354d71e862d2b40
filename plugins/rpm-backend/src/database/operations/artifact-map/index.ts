export * from './listPending';
export * from './mapArtifacts';
export * from './markPending';
