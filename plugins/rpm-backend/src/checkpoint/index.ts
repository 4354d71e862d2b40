export * from './resolveCheckpoint';
export * from './retainCheckpoints';
export * from './stamps';
