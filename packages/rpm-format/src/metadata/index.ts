export * from './RepodataError';
