export * from './contentApi';
