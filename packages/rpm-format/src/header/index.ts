export * from './RpmHeaderError';
export type { RpmSource } from './ByteSource';
export type { HeaderBlob } from './HeaderBlob';
export * from './readRpmHeader';
export * from './packageFromHeader';
export * from './signingKeys';
