export * from './readOwned';
