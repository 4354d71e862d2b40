export * from './AuthorizedCopyService';
export * from './DefaultCopyService';
export * from './parseCopyConfig';
export * from './tasks/copyContent';
export * from './types';
