export * from './artifacts';
export * from './columns';
export * from './plans';
export * from './publications';
export * from './queue';
export * from './repositories';
export * from './trees';
export * from './units';
