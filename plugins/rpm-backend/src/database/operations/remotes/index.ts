export * from './readRemotes';
export type { RemoteFields } from './remoteRows';
export * from './writeRemotes';
