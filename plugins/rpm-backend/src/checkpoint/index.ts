export * from './resolveCheckpoint';
export * from './stamps';
