export * from './claimTask';
export * from './commitTask';
export * from './finishTask';
export * from './heartbeat';
export * from './insertTask';
export * from './readTasks';
export * from './recoverLostTasks';
export * from './updateTask';
