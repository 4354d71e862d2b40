export * from './artifacts';
export * from './columns';
export * from './publications';
export * from './repositories';
export * from './tasks';
export * from './trees';
export * from './units';
