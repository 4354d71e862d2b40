export * from './AuthorizedLabelService';
export * from './DefaultLabelService';
export * from './types';
